import { isolated } from '../isolated.js';

/** Texts of messages that are sent later, in English. */
export const en = {
  menu: 'Schedule',
  later: 'Send later',
  noFiles: 'Files cannot be sent later',
  times: { hour: 'In an hour', tomorrow: 'Tomorrow morning', monday: 'Monday morning' },
  own: 'Choose date and time…',
  choose: 'Send later',
  chooseDetail: 'Until then only you see the message, and can change it.',
  time: 'Date and time',
  zone: (zone: string) => `In your time zone, ${isolated(zone)}`,
  submit: 'Schedule message',
  done: (time: string) => `Will be sent ${time}`,
  none: 'Nothing is scheduled',
  hint: 'What is to be sent later is scheduled beside the button to send.',
  refused: (why: string) => `Not sent. ${why}`,
  text: 'Message',
  change: 'Change',
  changeDetail: 'What is sent, and when.',
  save: 'Save',
  sendNow: 'Send now',
  cancel: 'Delete',
};

/** Every text of messages that are sent later, in one language. */
export type ScheduledTexts = typeof en;
