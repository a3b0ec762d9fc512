import { createContext, useContext } from 'react';

export type NoticeTone = 'neutral' | 'problem';

export interface NoticesContext {
  /** Shows a short message for a few seconds and reads it to screen readers. */
  notify: (text: string, tone?: NoticeTone) => void;
  /** Takes away the messages that are still shown. */
  dismiss: () => void;
  /** Reads a message to screen readers without showing it. */
  announce: (text: string) => void;
}

export const NoticesContext = createContext<NoticesContext | undefined>(undefined);

export function useNotices(): NoticesContext {
  const context = useContext(NoticesContext);
  if (context === undefined) throw new Error('useNotices needs a NoticesProvider above it.');
  return context;
}
