import { Camera, Mic, Volume2 } from 'lucide-react';
import { texts } from '../texts/texts.js';
import { usePreferences } from '../ui/use-preferences.js';
import { Select } from '../ui/select.js';
import { presentDevice, useDevices } from './use-devices.js';
import { canChooseSpeaker } from './speaker-test.js';
import { SpeakerTestButton } from './speaker-test-button.js';
import styles from './device-selects.module.css';

export interface DeviceSelectsProps {
  /** Changes when access was granted, so that the devices' names can be read. */
  revision: unknown;
  layout: 'row' | 'column';
}

/** Which camera, microphone and speaker to use. The choice is remembered. */
export function DeviceSelects({ revision, layout }: DeviceSelectsProps) {
  const { preferences, update } = usePreferences();
  const cameras = useDevices('videoinput', revision);
  const microphones = useDevices('audioinput', revision);
  const speakers = useDevices('audiooutput', revision);

  return (
    <div className={styles.devices} data-layout={layout}>
      <Select
        label={texts.media.camera}
        icon={<Camera size={16} />}
        placeholder={texts.media.noCamera}
        options={cameras}
        value={presentDevice(cameras, preferences.cameraId)}
        onChange={(cameraId) => update({ cameraId })}
        testId="camera-select"
      />
      <Select
        label={texts.media.microphone}
        icon={<Mic size={16} />}
        placeholder={texts.media.noMicrophone}
        options={microphones}
        value={presentDevice(microphones, preferences.microphoneId)}
        onChange={(microphoneId) => update({ microphoneId })}
        testId="microphone-select"
      />
      {canChooseSpeaker() && (
        <div className={styles.speaker}>
          <Select
            label={texts.media.speaker}
            icon={<Volume2 size={16} />}
            placeholder={texts.media.defaultSpeaker}
            options={speakers}
            value={presentDevice(speakers, preferences.speakerId)}
            onChange={(speakerId) => update({ speakerId })}
            testId="speaker-select"
          />
          <SpeakerTestButton speakerId={presentDevice(speakers, preferences.speakerId)} />
        </div>
      )}
    </div>
  );
}
