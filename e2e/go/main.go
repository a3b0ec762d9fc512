// Command echo joins a room with LiveKit's Go SDK and sends back what it receives: the packets of every opus track as a
// track of its own, and data as data, with "echo: " before it. It says in lines of JSON what happens, until its standard
// input ends.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media"
)

const frame = 20 * time.Millisecond

type event struct {
	Event string `json:"event"`
	From  string `json:"from,omitempty"`
	Text  string `json:"text,omitempty"`
}

var output sync.Mutex

func tell(happened event) {
	output.Lock()
	defer output.Unlock()
	// An event can be encoded, and who no longer reads is gone.
	_ = json.NewEncoder(os.Stdout).Encode(happened)
}

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(url string, token string) error {
	echo, err := lksdk.NewLocalTrack(webrtc.RTPCodecCapability{MimeType: webrtc.MimeTypeOpus})
	if err != nil {
		return err
	}
	// Buffered: data may come before the room is there to answer it.
	received := make(chan []byte, 100)
	callback := &lksdk.RoomCallback{
		ParticipantCallback: lksdk.ParticipantCallback{
			OnTrackSubscribed: func(track *webrtc.TrackRemote, _ *lksdk.RemoteTrackPublication, from *lksdk.RemoteParticipant) {
				tell(event{Event: "track", From: from.Identity(), Text: track.Codec().MimeType})
				if track.Kind() == webrtc.RTPCodecTypeAudio {
					sendBack(track, echo)
				}
			},
			OnDataPacket: func(data lksdk.DataPacket, from lksdk.DataReceiveParams) {
				if packet, ok := data.(*lksdk.UserDataPacket); ok {
					tell(event{Event: "data", From: from.SenderIdentity, Text: string(packet.Payload)})
					received <- packet.Payload
				}
			},
		},
		OnDisconnected: func() { tell(event{Event: "disconnected"}) },
	}
	room, err := lksdk.ConnectToRoomWithToken(url, token, callback)
	if err != nil {
		return err
	}
	defer room.Disconnect()
	if _, err := room.LocalParticipant.PublishTrack(echo, &lksdk.TrackPublicationOptions{Name: "echo"}); err != nil {
		return err
	}
	tell(event{Event: "joined", Text: room.Name()})
	go func() {
		for payload := range received {
			answer := lksdk.UserData(append([]byte("echo: "), payload...))
			if err := room.LocalParticipant.PublishDataPacket(answer, lksdk.WithDataPublishReliable(true)); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}
	}()
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// sendBack writes what comes on a remote track into a local one, until it ends.
func sendBack(from *webrtc.TrackRemote, to *lksdk.LocalTrack) {
	for {
		packet, _, err := from.ReadRTP()
		if err != nil {
			return
		}
		if len(packet.Payload) == 0 {
			continue
		}
		if err := to.WriteSample(media.Sample{Data: packet.Payload, Duration: frame}, nil); err != nil {
			return
		}
	}
}
