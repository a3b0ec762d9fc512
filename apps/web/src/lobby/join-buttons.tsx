import { ArrowRightLeft, LoaderCircle, LogIn } from 'lucide-react';
import { texts } from '../texts/texts.js';
import { Button } from '../ui/button.js';
import styles from './lobby.module.css';

export interface JoinButtonsProps {
  joining: boolean;
  disabled: boolean;
  /** Whether this person is in the room already, in another tab: then that tab's part is taken over. */
  inOtherTab: boolean;
  onJoinTwice: () => void;
  onCancel: () => void;
}

/** The way into the call. The first button submits the form around it. */
export function JoinButtons({ joining, disabled, inOtherTab, onJoinTwice, onCancel }: JoinButtonsProps) {
  const takesOver = inOtherTab && !joining;
  const Icon = joining ? LoaderCircle : takesOver ? ArrowRightLeft : LogIn;
  const text = joining ? texts.lobby.joining : takesOver ? texts.lobby.useThisTab : texts.lobby.join;
  return (
    <>
      <p className={styles.otherTab} role="status" data-testid="other-tab" hidden={!takesOver}>
        {takesOver && texts.lobby.inOtherTab}
      </p>
      <Button
        type="submit"
        look="primary"
        size="large"
        disabled={joining || disabled}
        data-testid="join-button"
      >
        <Icon size={20} className={joining ? styles.spinner : undefined} />
        {text}
      </Button>
      {takesOver && (
        <Button disabled={disabled} onClick={onJoinTwice} data-testid="join-twice">
          {texts.lobby.joinTwice}
        </Button>
      )}
      {joining && <Button onClick={onCancel}>{texts.lobby.cancel}</Button>}
    </>
  );
}
