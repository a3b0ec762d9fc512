import type { AttachableVideo } from './video-view.js';

/** A camera that is open outside of a call. */
export class CameraTrack implements AttachableVideo {
  readonly #track: MediaStreamTrack;

  private constructor(track: MediaStreamTrack) {
    this.#track = track;
  }

  static async open(deviceId: string): Promise<CameraTrack> {
    const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
    return new CameraTrack(await openTrack({ video: { ...chosen(deviceId), ...size } }));
  }

  attach(element: HTMLMediaElement): void {
    element.srcObject = new MediaStream([this.#track]);
  }

  detach(element: HTMLMediaElement): void {
    element.srcObject = null;
  }

  stop(): void {
    this.#track.stop();
  }
}

/** A microphone that is open outside of a call. */
export class MicrophoneTrack {
  readonly track: MediaStreamTrack;

  private constructor(track: MediaStreamTrack) {
    this.track = track;
  }

  static async open(deviceId: string): Promise<MicrophoneTrack> {
    return new MicrophoneTrack(await openTrack({ audio: chosen(deviceId) }));
  }

  stop(): void {
    this.track.stop();
  }
}

/** Rejects with what `getUserMedia` rejects with. */
async function openTrack(constraints: MediaStreamConstraints): Promise<MediaStreamTrack> {
  // Absent on pages that are neither served over HTTPS nor from localhost.
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (media === undefined) throw new DOMException('No media devices here', 'NotSupportedError');
  const [track] = (await media.getUserMedia(constraints)).getTracks();
  if (track === undefined) throw new DOMException('The device gave no track', 'NotFoundError');
  return track;
}

/** A device that is gone must not keep its person from another one: the choice is a wish. */
function chosen(deviceId: string): MediaTrackConstraints {
  return deviceId === '' ? {} : { deviceId };
}
