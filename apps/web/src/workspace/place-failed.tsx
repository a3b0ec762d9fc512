import { RotateCcw, TriangleAlert } from 'lucide-react';
import { texts } from '../texts/texts.js';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';
import { Button } from '../ui/button.js';
import { PlaceNote } from './place-note.js';
import { problemText } from './problem-text.js';

/** In the main part of the workspace, in place of what did not come. */
export function PlaceFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <PlaceNote
      icon={<TriangleAlert size={28} />}
      title={workspaceTexts.problem.title}
      detail={problemText(error)}
    >
      <Button look="primary" onClick={onRetry}>
        <RotateCcw size={17} />
        {texts.app.tryAgain}
      </Button>
    </PlaceNote>
  );
}
