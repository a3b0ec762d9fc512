import { RotateCcw, TriangleAlert } from 'lucide-react';
import { texts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import { MessagePage } from '../ui/message-page.js';

/** In place of a page that failed. The call goes on: it is no part of the page. */
export function CrashPage() {
  return (
    <MessagePage
      icon={<TriangleAlert size={30} />}
      tone="problem"
      title={texts.crash.title}
      detail={texts.crash.detail}
      testId="crash"
    >
      <Button look="primary" size="large" onClick={() => location.reload()}>
        <RotateCcw size={19} />
        {texts.crash.reload}
      </Button>
    </MessagePage>
  );
}
