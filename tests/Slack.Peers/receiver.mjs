// bolt as an app that does nothing with messages: what is left is receiving, verifying and acknowledging.
import bolt from '@slack/bolt';

const [, , signingSecret, port] = process.argv;
const app = new bolt.App({
  receiver: new bolt.HTTPReceiver({ signingSecret, endpoints: ['/slack/events'], logLevel: 'error' }),
  authorize: async () => ({ botToken: 'xoxb-benchmark', botId: 'B0BOT1', botUserId: 'U0BOT1' }),
  logLevel: 'error',
});
let heard = 0;
app.message(async () => {
  heard++;
});
await app.start({ port: Number(port), host: '127.0.0.1' });
console.log('ready');
process.on('SIGTERM', () => {
  console.log(`heard ${heard}`);
  process.exit(0);
});
