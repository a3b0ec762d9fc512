import { Link } from '@tanstack/react-router';
import { workspaceTexts } from '../texts/workspace/workspace-texts.js';

/** The way to a call for who has no account; only where guests are let in. */
export function GuestCallLink() {
  const texts = workspaceTexts.account;
  return (
    <p>
      {texts.guestCall} <Link to="/call">{texts.startCall}</Link>
    </p>
  );
}
