import { DoorOpen, House, LoaderCircle, LogIn, TriangleAlert } from 'lucide-react';
import { texts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import { MessagePage } from '../ui/message-page.js';
import page from '../ui/message-page.module.css';
import type { CallEnd } from './call-end.js';

export interface EndedProps {
  end: CallEnd;
  room: string;
  /** While the way back is being opened. */
  rejoining: boolean;
  onRejoin: () => void;
  onHome: () => void;
}

/** After a call: what happened, and the way back. */
export function Ended({ end, room, rejoining, onRejoin, onHome }: EndedProps) {
  return (
    <MessagePage
      icon={end.tone === 'problem' ? <TriangleAlert size={30} /> : <DoorOpen size={30} />}
      tone={end.tone}
      title={end.title}
      detail={end.detail}
      place={room}
      testId="ended"
    >
      {end.canRejoin && (
        <Button look="primary" size="large" disabled={rejoining} onClick={onRejoin} data-testid="rejoin">
          {rejoining ? <LoaderCircle size={19} className={page.busy} /> : <LogIn size={19} />}
          {rejoining ? texts.ended.rejoining : texts.ended.rejoin}
        </Button>
      )}
      <Button size="large" onClick={onHome} data-testid="home">
        <House size={19} />
        {texts.app.frontPage}
      </Button>
    </MessagePage>
  );
}
