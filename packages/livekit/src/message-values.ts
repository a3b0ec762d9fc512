import { BinaryReader, WireType, type MessageType } from '@bufbuild/protobuf';

type Type = Pick<MessageType, 'fields'>;
type Field = ReturnType<Type['fields']['find']>;

/** Numbers that are packed into one field are read so much faster than values that have fields of their own. */
const PACKED_PER_VALUE = 16;

/**
 * How many values a message has, those of the messages in it too. What decoding costs grows with them, hardly with the bytes:
 * a megabyte of text takes a millisecond, a megabyte of empty messages a second. Counting is much cheaper.
 *
 * Of what is malformed, those before the mistake.
 *
 * @param most Beyond this it does not count on.
 */
export function valuesInBinary(type: Type, bytes: Uint8Array, most: number): number {
  const counter = new ValueCounter(bytes, most);
  try {
    counter.count(type, bytes.length);
  } catch {
    // Decoding ends here, too.
  }
  return counter.values;
}

/** As `valuesInBinary`, of the message's JSON form. */
export function valuesInJson(text: string, most: number): number {
  let values = 1;
  let isString = false;
  for (let at = 0; at < text.length && values <= most; at++) {
    const character = text[at];
    if (character === '"') isString = !isString;
    else if (isString) at += character === '\\' ? 1 : 0;
    else if (character === ',' || character === '[' || character === '{') values += 1;
  }
  return values;
}

/** Walks through a message in its binary form. */
class ValueCounter {
  values = 0;
  readonly #reader: BinaryReader;
  readonly #most: number;

  constructor(bytes: Uint8Array, most: number) {
    this.#reader = new BinaryReader(bytes);
    this.#most = most;
  }

  /** @throws Error where the message is malformed. */
  count(type: Type | undefined, end: number): void {
    while (this.#reader.pos < end && this.values <= this.#most) {
      const [number, wireType] = this.#reader.tag();
      this.values += 1;
      if (wireType === WireType.LengthDelimited) {
        this.#countInside(type?.fields.find(number));
      } else if (wireType !== WireType.StartGroup && wireType !== WireType.EndGroup) {
        // The fields of a group follow each other like those of the message.
        this.#reader.skip(wireType);
      }
    }
  }

  #countInside(field: Field): void {
    const length = this.#reader.uint32();
    const end = this.#reader.pos + length;
    if (end > this.#reader.len) throw new RangeError('a field is longer than its message');
    if (field?.kind === 'message') this.count(field.T, end);
    else if (field?.kind === 'map') this.count(undefined, end);
    else if (field?.repeated === true) this.values += Math.floor(length / PACKED_PER_VALUE);
    this.#reader.pos = end;
  }
}
