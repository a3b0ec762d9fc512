import type { Page } from 'playwright-core';

declare global {
  interface Window {
    peerConnections: RTCPeerConnection[];
  }
}

/** What is used of the entries of a report, whatever their type. */
interface IceStats {
  id: string;
  selectedCandidatePairId?: string;
  /** Firefox marks the pair itself. */
  selected?: boolean;
  remoteCandidateId?: string;
  protocol?: string;
}

/** To be called before the page goes anywhere: notes every connection that it makes, for `iceProtocols`. */
export async function notePeerConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.peerConnections = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        window.peerConnections.push(this);
      }
    };
  });
}

/** What carries the media of each open connection of the page: `udp` or `tcp`. */
export function iceProtocols(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const protocols: string[] = [];
    for (const connection of window.peerConnections) {
      if (connection.connectionState !== 'connected') continue;
      const entries: IceStats[] = [];
      (await connection.getStats()).forEach((entry: IceStats) => entries.push(entry));
      const transport = entries.find(({ selectedCandidatePairId }) => selectedCandidatePairId);
      const pair = entries.find(
        (entry) => entry.selected === true || entry.id === transport?.selectedCandidatePairId,
      );
      const candidate = entries.find(({ id }) => id === pair?.remoteCandidateId);
      protocols.push(candidate?.protocol ?? 'none');
    }
    return protocols;
  });
}
