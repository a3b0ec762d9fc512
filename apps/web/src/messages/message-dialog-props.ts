import type { Message } from '@parley/contract';

export interface MessageDialogProps {
  message: Message;
  onClose: () => void;
}
