/** A limit of rooms that several sfus share. */
export interface RoomQuota {
  /** Takes the place of one room. False when there is none left. */
  take(): boolean;
  /** One that was taken is free again. */
  release(): void;
}
