import { isolated } from '../isolated.js';

/** Texts of what one is told of, in English. */
export const en = {
  menu: {
    of: (name: string) => `Notifications of ${isolated(name)}`,
    read: 'Mark as read',
    mute: 'Mute',
    unmute: 'Unmute',
    mutedUntil: (time: string) => `Muted until ${time}`,
    times: {
      quarter: 'For 15 minutes',
      hour: 'For 1 hour',
      workday: 'For 8 hours',
      tomorrow: 'Until tomorrow',
      ever: 'Until I turn it back on',
    },
    tell: 'Notify me of',
    levels: {
      usual: 'As usual',
      everything: 'Every message',
      mentions: 'Mentions',
      nothing: 'Nothing',
    },
  },
  desktop: {
    title: 'On this device',
    ask: 'Turn on notifications',
    lead: 'The browser asks whether this page may show notifications.',
    denied: 'The browser does not let this page show notifications. Allow it in the settings of the browser.',
    missing: 'This browser shows no notifications.',
    on: 'Show notifications',
    onHint: 'While the channel is not in sight. A click leads to the message.',
    sound: 'Play a sound',
    soundHint: 'With each notification.',
    inChannel: (author: string, channel: string) => `${isolated(author)} in #${isolated(channel)}`,
    inGroup: (author: string, group: string) => `${isolated(author)} in ${isolated(group)}`,
    hidden: '▮▮▮',
    noText: 'Sent something',
  },
  keywords: {
    title: 'My words',
    hint: 'They count as a mention, one on each line.',
    save: 'Save',
    saved: 'Saved',
    tooMany: (most: number) => `At most ${most} words, of 50 characters each.`,
  },
  quiet: {
    title: 'Quiet hours',
    on: 'Do not disturb by the clock',
    onHint: 'Nothing is shown or heard then; it is counted all the same.',
    from: 'From',
    until: 'Until',
    days: 'On which days it begins',
    zone: (zone: string) => `By the clock of ${zone}`,
  },
};

/** Every text of what one is told of, in one language. */
export type NotificationTexts = typeof en;
