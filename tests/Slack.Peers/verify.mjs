// Verdicts of bolt on requests, one JSON object a line: {now, headers, contentType, body in base64}. Prints true or false.
import { createInterface } from 'node:readline';
import bolt from '@slack/bolt';

const [, , signingSecret] = process.argv;
for await (const line of createInterface({ input: process.stdin })) {
  const { now, headers, contentType, body } = JSON.parse(line);
  Date.now = () => now * 1000;
  const request = { headers: { ...headers, 'content-type': contentType }, rawBody: Buffer.from(body, 'base64') };
  let valid = true;
  try {
    await bolt.HTTPModuleFunctions.parseAndVerifyHTTPRequest({ signingSecret }, request);
  } catch {
    valid = false;
  }
  console.log(valid);
}
