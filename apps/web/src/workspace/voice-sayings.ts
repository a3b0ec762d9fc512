import type { VoicePerson } from '@parley/contract';
import { voiceTexts } from '../texts/voice/voice-texts.js';

/** What the pictures beside the name of somebody in a call say, in words. */
export function sayings(person: VoicePerson, isSpeaking = false): string[] {
  const texts = voiceTexts.people;
  return [
    person.deafened && texts.deafened,
    person.muted ? texts.muted : !person.microphone && texts.microphoneOff,
    person.camera && texts.camera,
    person.screen && texts.screen,
    isSpeaking && texts.speaking,
  ].filter((text) => text !== false);
}
