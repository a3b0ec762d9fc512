import { lazyPart } from '../ui/lazy-part.js';

export const LazyLobby = lazyPart(async () => (await import('../lobby/lobby.js')).Lobby);
