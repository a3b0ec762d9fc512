import type { ReactNode } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { texts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import styles from './side-panel.module.css';

/** Keeps what fails in a panel inside of it: the call goes on, and the panel can be tried again. */
export function PanelBoundary({ children }: { children: ReactNode }) {
  return <ErrorBoundary FallbackComponent={BrokenPanel}>{children}</ErrorBoundary>;
}

function BrokenPanel({ resetErrorBoundary }: FallbackProps) {
  return (
    <div className={styles.broken} role="alert" data-testid="broken-panel">
      <p>{texts.crash.detail}</p>
      <Button onClick={resetErrorBoundary}>{texts.app.tryAgain}</Button>
    </div>
  );
}
