import { RotateCcw, TriangleAlert } from 'lucide-react';
import { texts } from '../texts/texts.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { Button } from '../ui/button.js';
import { MessagePage } from '../ui/message-page.js';
import { problemText } from './problem-text.js';

export interface LoadFailedProps {
  error: unknown;
  onRetry: () => void;
}

/** In place of a page for which something did not come. */
export function LoadFailed({ error, onRetry }: LoadFailedProps) {
  return (
    <MessagePage
      icon={<TriangleAlert size={30} />}
      tone="problem"
      title={workspaceTexts.problem.title}
      detail={problemText(error)}
      testId="load-failed"
    >
      <Button look="primary" size="large" onClick={onRetry}>
        <RotateCcw size={19} />
        {texts.app.tryAgain}
      </Button>
    </MessagePage>
  );
}
