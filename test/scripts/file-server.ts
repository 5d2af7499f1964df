import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One way of answering a request, well or badly. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server on this machine whose every request is answered by the next ANSWER; the last one stays. */
export class FileServer {
  readonly requests: IncomingMessage[] = [];
  private readonly server: Server;

  constructor(...answers: readonly Answer[]) {
    this.server = createServer((request, response) => {
      const answer = answers[Math.min(this.requests.length, answers.length - 1)];
      this.requests.push(request);
      answer?.(request, response);
    });
  }

  /** Listens for this machine alone, or at another address; gives its own address on this machine. */
  async start(host = '127.0.0.1'): Promise<string> {
    await new Promise<void>((ready) => this.server.listen(0, host, ready));
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** Answers as a good server does, ranges included. */
export function whole(content: Buffer): Answer {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (from === 0) {
      response.end(content);
    } else if (from >= content.length) {
      response.writeHead(416).end();
    } else {
      response.writeHead(206, { 'content-range': `bytes ${String(from)}-${String(content.length - 1)}/${String(content.length)}` }).end(content.subarray(from));
    }
  };
}

/** Answers every request with the whole content, as a server without ranges does. */
export function withoutRanges(content: Buffer): Answer {
  return (_request, response) => {
    response.end(content);
  };
}

export function status(code: number): Answer {
  return (_request, response) => {
    response.writeHead(code).end('an error page');
  };
}

/** Promises everything, sends LENGTH bytes and hangs up. */
export function truncated(content: Buffer, length: number): Answer {
  return (request, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, length), () => setTimeout(() => request.socket.destroy(), 100));
  };
}

/** Promises everything, sends LENGTH bytes and then nothing more. */
export function stalled(content: Buffer, length: number): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, length));
  };
}
