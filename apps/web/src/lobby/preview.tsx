import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { LevelMeter } from '../media/level-meter.js';
import { explainMediaProblem, type MediaProblem, type MediaProblemText } from '../lib/media-problem.js';
import type { CameraTrack, MicrophoneTrack } from '../media/local-tracks.js';
import type { LocalTrackState } from '../media/use-local-track.js';
import { VideoView } from '../media/video-view.js';
import { texts } from '../texts/texts.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { IconButton } from '../ui/icon-button.js';
import styles from './preview.module.css';

export interface PreviewProps {
  name: string;
  camera: LocalTrackState<CameraTrack>;
  microphone: LocalTrackState<MicrophoneTrack>;
  cameraOn: boolean;
  microphoneOn: boolean;
  mirrored: boolean;
  onCameraChange: (on: boolean) => void;
  onMicrophoneChange: (on: boolean) => void;
}

/** Oneself, as others will see it, with switches for camera and microphone. */
export function Preview(props: PreviewProps) {
  const { name, camera, microphone, cameraOn, microphoneOn, mirrored } = props;
  const problems = problemsOf(camera.problem, microphone.problem);
  const retry = () => {
    if (camera.problem !== undefined) camera.retry();
    if (microphone.problem !== undefined) microphone.retry();
  };

  return (
    <div className={styles.preview} data-testid="preview">
      {camera.track !== undefined && (
        <VideoView track={camera.track} fit="cover" mirrored={mirrored} label={texts.lobby.yourCamera}>
          <div className={styles.still}>
            <p>{texts.lobby.startingCamera}</p>
          </div>
        </VideoView>
      )}
      {camera.track === undefined && problems.length === 0 && (
        <div className={styles.still}>
          {cameraOn ? (
            <p>{texts.lobby.startingCamera}</p>
          ) : (
            <>
              <Avatar identity={name} name={name} size="fluid" />
              <p>{texts.lobby.cameraIsOff}</p>
            </>
          )}
        </div>
      )}
      {problems.length > 0 && (
        <div className={styles.problems} role="status" data-over-video={camera.track !== undefined}>
          {problems.map(({ title, detail }) => (
            <div key={title} className={styles.problem}>
              <div>
                <p className={styles.problemTitle}>{title}</p>
                <p>{detail}</p>
              </div>
              <Button onClick={retry}>{texts.app.tryAgain}</Button>
            </div>
          ))}
        </div>
      )}
      <div className={styles.controls} role="group" aria-label={texts.lobby.cameraAndMicrophone}>
        <div className={styles.level} data-on={microphone.track !== undefined}>
          <LevelMeter track={microphone.track?.track} />
        </div>
        <IconButton
          label={texts.media.microphone}
          hint={microphoneOn ? texts.media.turnOff.microphone : texts.media.turnOn.microphone}
          aria-pressed={microphoneOn}
          data-testid="preview-microphone"
          size="large"
          look={microphoneOn && microphone.problem === undefined ? 'over-video' : 'danger'}
          icon={microphoneOn && microphone.problem === undefined ? <Mic size={21} /> : <MicOff size={21} />}
          onClick={() => props.onMicrophoneChange(!microphoneOn)}
        />
        <IconButton
          label={texts.media.camera}
          hint={cameraOn ? texts.media.turnOff.camera : texts.media.turnOn.camera}
          aria-pressed={cameraOn}
          data-testid="preview-camera"
          size="large"
          look={cameraOn && camera.problem === undefined ? 'over-video' : 'danger'}
          icon={cameraOn && camera.problem === undefined ? <Video size={21} /> : <VideoOff size={21} />}
          onClick={() => props.onCameraChange(!cameraOn)}
        />
      </div>
    </div>
  );
}

/** One text where camera and microphone share a problem, else one for each. */
function problemsOf(
  camera: MediaProblem | undefined,
  microphone: MediaProblem | undefined,
): MediaProblemText[] {
  if (camera !== undefined && camera === microphone) {
    return [explainMediaProblem(camera, ['camera', 'microphone'])];
  }
  return [
    ...(camera === undefined ? [] : [explainMediaProblem(camera, ['camera'])]),
    ...(microphone === undefined ? [] : [explainMediaProblem(microphone, ['microphone'])]),
  ];
}
