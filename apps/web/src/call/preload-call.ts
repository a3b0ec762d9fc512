/** Loads what a call needs while the person is still in the lobby. Joining loads again what did not come. */
export function preloadCall(): void {
  Promise.all([import('./livekit-room.js'), import('./call-screen.js')]).catch(() => undefined);
}
