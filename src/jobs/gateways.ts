import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createTransport } from 'nodemailer';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Where mails go. Throws when one was not taken. */
export interface MailGateway {
  send(mail: Mail): Promise<void>;
}

/** Where SMS go. An operator's gateway is one more of these; see docs/operations.md. */
export interface SmsGateway {
  send(phone: string, text: string): Promise<void>;
}

/** `smtp://user:password@host:587?from=kundiz@example.kz` */
export function smtpGateway(url: string): MailGateway {
  const from = new URL(url).searchParams.get('from') ?? 'kundiz@localhost';
  const transport = createTransport(url);
  return {
    async send({ to, subject, text }) {
      await transport.sendMail({ from, to, subject, text });
    },
  };
}

const SMS_TIMEOUT_MS = 15_000;

/** POSTs `{phone, text}` as JSON; any 2xx answer means taken. */
function httpGateway(url: string): SmsGateway {
  return {
    async send(phone, text) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ phone, text }),
        signal: AbortSignal.timeout(SMS_TIMEOUT_MS),
      });
      if (!answer.ok) throw new Error(`The SMS gateway answered ${answer.status}`);
    },
  };
}

/** Writes each SMS as a line of JSON: for trying out, and for gateways that read a folder. */
function fileGateway(file: string): SmsGateway {
  return {
    async send(phone, text) {
      await mkdir(dirname(file), { recursive: true });
      await appendFile(file, `${JSON.stringify({ phone, text })}\n`, { mode: 0o600 });
    },
  };
}

/** `file:data/sms.log` or `https://…`. */
export function smsGateway(url: string): SmsGateway {
  return url.startsWith('file:') ? fileGateway(resolve(url.slice('file:'.length))) : httpGateway(url);
}
