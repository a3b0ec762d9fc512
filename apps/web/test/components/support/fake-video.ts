import { LocalVideoTrack } from 'livekit-client';

const SHAPES = { wide: [640, 360], upright: [360, 640], screen: [1280, 720] } as const;

export type VideoShape = keyof typeof SHAPES;

const tracks: LocalVideoTrack[] = [];

/** A track that shows one still picture: a face's outline, or lines as on a screen. */
export function fakeVideo(shape: VideoShape, hue: number): LocalVideoTrack {
  const canvas = document.createElement('canvas');
  const [width, height] = SHAPES[shape];
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const stream = canvas.captureStream(1);
  const [media] = stream.getVideoTracks();
  if (context === null || media === undefined) throw new Error('The browser draws no pictures.');
  if (shape === 'screen') drawScreen(context, width, height);
  else drawFace(context, width, height, hue);
  const track = new LocalVideoTrack(media, undefined, true);
  tracks.push(track);
  return track;
}

export function stopFakeVideos(): void {
  for (const track of tracks.splice(0)) track.stop();
}

function drawFace(context: CanvasRenderingContext2D, width: number, height: number, hue: number): void {
  context.fillStyle = `hsl(${hue} 30% 45%)`;
  context.fillRect(0, 0, width, height);
  const size = Math.min(width, height);
  context.fillStyle = `hsl(${hue} 25% 78%)`;
  context.beginPath();
  context.arc(width / 2, height * 0.42, size * 0.2, 0, 2 * Math.PI);
  context.ellipse(width / 2, height * 0.98, size * 0.38, size * 0.32, 0, 0, 2 * Math.PI);
  context.fill();
}

function drawScreen(context: CanvasRenderingContext2D, width: number, height: number): void {
  context.fillStyle = '#f7f7f4';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#24405a';
  context.fillRect(0, 0, width, 40);
  context.fillStyle = '#7a8794';
  for (let y = 80; y < height - 20; y += 34)
    context.fillRect(60, y, width * (0.4 + ((y * 7) % 50) / 100), 14);
}
