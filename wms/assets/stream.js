// The one stream of a browser, in a worker that all its pages share.
import { Hub } from './hub.mjs';

const hub = new Hub({
  open: (address) => new EventSource(address),
  tell: (port, news) => port.postMessage(news),
});
hub.tick(performance.now());
setInterval(() => hub.tick(performance.now()), 250);

self.onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    hub.tick(performance.now());
    if (data.join) hub.join(port, data.join, performance.now());
    else hub.leave(port);
  };
};
