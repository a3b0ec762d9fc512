/** Runs in the page, before anything else: its browser does not receive these media types, such as `video/AV1`. */
export function lackCodecs(mimeTypes: readonly string[]): void {
  type Describe = (this: RTCPeerConnection, ...parameters: unknown[]) => unknown;

  const restrict = (connection: RTCPeerConnection) => {
    for (const transceiver of connection.getTransceivers()) {
      if (transceiver.sender.track !== null) continue;
      const { codecs = [] } = RTCRtpReceiver.getCapabilities(transceiver.receiver.track.kind) ?? {};
      transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => !mimeTypes.includes(mimeType)));
    }
  };
  for (const name of mimeTypes.length > 0 ? ['createOffer', 'createAnswer'] : []) {
    const original = Object.getOwnPropertyDescriptor(RTCPeerConnection.prototype, name)?.value as Describe;
    const describe: Describe = function (...parameters) {
      restrict(this);
      return original.apply(this, parameters);
    };
    Object.defineProperty(RTCPeerConnection.prototype, name, { value: describe });
  }
}
