import { LocalRoomDirectory } from '../src/index.js';
import { describeRoomDirectory } from './contract/room-directory-contract.js';

describeRoomDirectory('the directory of one process', () => {
  let now = 1_000;
  return Promise.resolve({
    directory: new LocalRoomDirectory({ now: () => now }),
    pass: (time) => {
      now += time;
    },
  });
});
