import { isolated } from '../isolated.js';

/** Texts of files of messages, in English. */
export const en = {
  attach: 'Attach files',
  chosen: 'Files of the message',
  dropHere: (channel: string) => `Drop to attach to ${isolated(channel)}`,
  tooMany: (left: number) =>
    left === 1
      ? 'One file was left out: a message takes up to ten that are not empty.'
      : `${left} files were left out: a message takes up to ten that are not empty.`,
  progress: (name: string, percent: number) => `${isolated(name)}: ${percent} %`,
  failed: (name: string, why: string) => `${isolated(name)} was not uploaded. ${why}`,
  ready: (name: string) => `${isolated(name)} is ready`,
  again: (name: string) => `Upload ${isolated(name)} again`,
  remove: (name: string) => `Remove ${isolated(name)}`,
  download: (name: string) => `Download ${isolated(name)}`,
  open: (name: string) => `Show ${isolated(name)}`,
  picture: (name: string) => `Picture ${isolated(name)}`,
  gone: 'This file cannot be shown.',
  files: (count: number) => (count === 1 ? '1 file' : `${count} files`),
  viewer: {
    title: 'Pictures',
    place: (index: number, count: number) => `${index} of ${count}`,
    previous: 'Previous picture',
    next: 'Next picture',
    zoomIn: 'Actual size',
    zoomOut: 'Fit into the window',
  },
  voice: {
    record: 'Record a voice message',
    recording: 'Recording',
    cancel: 'Discard the recording',
    send: 'Send the recording',
    message: 'Voice message',
    play: 'Play',
    pause: 'Pause',
    seek: 'Position',
    position: (at: string, of: string) => `${at} of ${of}`,
    noMicrophone: 'The microphone cannot be used. Allow it in the settings of the browser.',
  },
};

export type AttachmentTexts = typeof en;
