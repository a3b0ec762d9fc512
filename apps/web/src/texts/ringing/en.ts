import { isolated } from '../isolated.js';

/** The texts of calls of conversations in English. */
export const en = {
  conversation: {
    call: 'Call',
    join: 'Join the call',
    connecting: 'Connecting…',
    cancel: 'Cancel',
    on: 'A call is on',
    youCall: 'You are calling',
    here: 'You are in this call',
    calls: (name: string) => `${isolated(name)} is calling`,
    callsIn: (name: string, group: string) => `${isolated(name)} is calling in ${isolated(group)}`,
    showCall: 'Show the call',
    showMessages: 'Show messages',
    giveUp: 'Stop calling',
    accept: 'Accept',
    decline: 'Decline',
    incoming: 'Voice call',
    leavesOther: 'If you accept, you leave the call that you are in.',
  },
  calling: {
    title: 'Calling…',
    nobody: 'Nobody else is here',
    ringing: 'ringing',
    busy: 'in another call',
    offline: 'not here, is told when they come',
    answered: 'has answered',
    declined: 'has declined',
    unanswered: 'did not answer',
    gone: 'Deleted account',
  },
  line: {
    call: (length: string) => `Call, ${length}`,
    missed: (name: string) => `Missed call from ${isolated(name)}`,
    unanswered: 'Call, not answered',
  },
};

export type RingingTexts = typeof en;
