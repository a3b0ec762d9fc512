import { expect, test } from 'vitest';
import { VideoView } from '../../src/media/video-view.js';
import { fakeVideo } from './support/fake-video.js';
import { show } from './support/show.js';

test('until the first frame is there something stands for it, and nobody looks at black', async () => {
  const media = fakeVideo('wide', 9).mediaStreamTrack;
  let arrive = (): unknown => undefined;
  const track = {
    attach: (element: HTMLMediaElement) => {
      arrive = () => (element.srcObject = new MediaStream([media]));
    },
    detach: (element: HTMLMediaElement) => (element.srcObject = null),
  };
  const screen = await show(
    <VideoView track={track} fit="cover" mirrored={false} label="Camera of Ada">
      <p>Starting</p>
    </VideoView>,
  );
  const video = screen.getByLabelText('Camera of Ada');
  await expect.element(screen.getByText('Starting')).toBeVisible();
  await expect.element(video).toHaveStyle({ opacity: '0' });
  arrive();
  await expect.element(video).toHaveStyle({ opacity: '1' });
  await expect.element(screen.getByText('Starting')).not.toBeInTheDocument();
});
