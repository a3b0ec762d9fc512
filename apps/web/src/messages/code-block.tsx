import { Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { lazyPart } from '../ui/lazy-part.js';

const HighlightedCode = lazyPart(async () => (await import('./highlighted-code.js')).HighlightedCode);
const LANGUAGE = /^[\w#+.-]+/u;

export interface CodeBlockProps {
  code: string;
  /** What stands behind the fence: the language first. */
  info: string;
}

/** Code by itself. In the colours of its language once these are loaded. */
export function CodeBlock({ code, info }: CodeBlockProps) {
  const language = LANGUAGE.exec(info)?.[0];
  return (
    <pre dir="ltr">
      <code>
        {language === undefined ? (
          code
        ) : (
          <ErrorBoundary fallback={code}>
            <Suspense fallback={code}>
              <HighlightedCode code={code} language={language.toLowerCase()} />
            </Suspense>
          </ErrorBoundary>
        )}
      </code>
    </pre>
  );
}
