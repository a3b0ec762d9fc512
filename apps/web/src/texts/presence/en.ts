/** Texts of who is there, in English. */

export const en = {
  presence: {
    online: 'Online',
    away: 'Away',
    do_not_disturb: 'Do not disturb',
    offline: 'Offline',
  },
  availability: {
    label: 'What others see',
    available: 'Online',
    availableHint: 'And away when you do nothing here for a while.',
    do_not_disturb: 'Do not disturb',
    do_not_disturbHint: 'Others see it, and nothing is to call you.',
    invisible: 'Invisible',
    invisibleHint: 'To others you are offline.',
  },
  status: {
    set: 'Set a status',
    change: 'Change your status',
    clear: 'Clear the status',
    title: 'Your status',
    lead: 'What others see beside your name.',
    text: 'What are you up to?',
    emoji: 'Emoji',
    noEmoji: 'No emoji',
    until: 'How long',
    save: 'Save',
    suggestions: 'Suggestions',
    examples: [
      { emoji: '📅', text: 'In a meeting' },
      { emoji: '🥪', text: 'At lunch' },
      { emoji: '🏠', text: 'Working from home' },
      { emoji: '🤒', text: 'Out sick' },
      { emoji: '🌴', text: 'On holiday' },
    ],
    ends: {
      never: 'Until I clear it',
      hour: 'For 1 hour',
      four_hours: 'For 4 hours',
      today: 'Today',
      week: 'This week',
    },
    endsAt: (time: string) => `Until ${time}`,
  },
};

/** Every text of who is there, in one language. */
export type PresenceTexts = typeof en;
