import '@fontsource-variable/inter/opsz.css';
import { afterEach } from 'vitest';
import '../../../src/styles/tokens.css';
import '../../../src/styles/base.css';
import './setup.css';
import { stopFakeVideos } from './fake-video.js';

afterEach(() => stopFakeVideos());
