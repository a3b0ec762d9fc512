import { lazyPage } from './lazy-page.js';

export const LazyLobby = lazyPage(async () => (await import('../lobby/lobby.js')).Lobby);
