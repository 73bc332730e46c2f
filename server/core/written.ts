/** A JSON value as its text: compared and carried as it is, and parsed only by who asks what it says. */
export class Written<T> {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  static of<T>(value: T): Written<T> {
    return new Written(JSON.stringify(value));
  }

  read(): T {
    return JSON.parse(this.text);
  }
}
