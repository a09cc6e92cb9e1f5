export interface TransportRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  url: URL;
  headers?: Record<string, string>;
  body?: string;
  /**
   * Set on requests that narrow down a row which Airflow cannot serve: their errors 500 are expected and say nothing
   * about the cluster.
   */
  isolating?: boolean;
}

export interface AnswerHead {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
}

export interface Answer extends AnswerHead {
  body: string;
}

/** How the body of a good answer is read while it arrives. */
export interface BodyReading<T> {
  /** Whether it is so that this answer is read; the body of any other is read whole. */
  suits(head: AnswerHead): boolean;
  /** May end before the text does. What it throws for the text itself would be told as that the answer broke off. */
  read(text: AsyncIterable<string>): Promise<T>;
}

/** A good answer of which something was made while it arrived. */
export interface ReadAnswer<T> extends AnswerHead {
  read: T;
}

/** A good answer whose body is read as it arrives, by a loop that is left or run to its end. */
export interface StreamedAnswer extends AnswerHead {
  stream: AsyncIterable<Uint8Array>;
}
