//! One open port: bytes to and from its driver, at once.

use std::time::Duration;

use link::{Instant, MAX_FRAME, master::Line};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, split},
    sync::mpsc,
    time::{sleep_until, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{Told, stream::Stream};
use crate::{
    clock::Clock,
    drivers::{Tell, link::LinkDriver},
    fleet::PortId,
    words::{Lang, Text},
};

/// How often counters are looked at.
const COUNT: Duration = Duration::from_secs(1);
/// A TCP port that says nothing for so long, although asked, is opened anew.
const SILENCE: Duration = Duration::from_secs(30);

/// Serves the port until it fails or is cancelled; gives why it is over, and the stream to be closed.
#[allow(clippy::too_many_arguments)]
pub async fn serve(
    port: &PortId,
    stream: Stream,
    line: Line,
    clock: Clock,
    lang: Lang,
    mut inbox: mpsc::UnboundedReceiver<Tell>,
    told: &mpsc::Sender<Told>,
    cancel: &CancellationToken,
) -> (Text, Stream) {
    let tcp = matches!(stream, Stream::Tcp(_));
    let (mut reader, mut writer) = split(stream);
    let mut driver = LinkDriver::new(line, fastrand::u64(..), lang);
    let mut incoming = [0; 4096];
    let mut frame = [0; MAX_FRAME];
    let mut outgoing: Vec<u8> = Vec::with_capacity(4 * MAX_FRAME);
    let mut written = 0;
    let mut count = tokio::time::interval(COUNT);
    let mut heard = clock.now();
    let lost = |cause: &dyn std::fmt::Display| Text::new("port-lost").with("port", &port.name).with("cause", cause);
    let broken = loop {
        if written == outgoing.len() {
            outgoing.clear();
            written = 0;
            while let Some(length) = driver.transmit(clock.now(), &mut frame) {
                outgoing.extend_from_slice(frame.get(..length).unwrap_or_default());
            }
        }
        while let Some(report) = driver.next_report() {
            if told.send(Told::Report(port.clone(), report)).await.is_err() {
                return (Text::new("port-stopping"), reader.unsplit(writer));
            }
        }
        // While bytes still wait to be written, the driver's next frame can wait as well.
        let wake = driver
            .wake_at()
            .filter(|_| outgoing.is_empty())
            .map(|at| clock.tokio(at));
        tokio::select! {
            read = reader.read(&mut incoming) => match read {
                Ok(0) => break Text::new("port-ended").with("port", &port.name),
                Ok(length) => {
                    heard = clock.now();
                    driver.steady(heard, clock.moment());
                    driver.receive(incoming.get(..length).unwrap_or_default(), heard, clock.unix());
                }
                Err(error) => break lost(&error),
            },
            wrote = writer.write(outgoing.get(written..).unwrap_or_default()), if !outgoing.is_empty() => match wrote {
                Ok(0) => break Text::new("port-ended").with("port", &port.name),
                Ok(length) => written += length,
                Err(error) => break lost(&error),
            },
            Some(tell) = inbox.recv() => {
                driver.tell(tell);
                while let Ok(more) = inbox.try_recv() {
                    driver.tell(more);
                }
            }
            () = sleep_until(wake.unwrap_or_else(|| clock.tokio(Instant(u64::MAX / 4)))), if wake.is_some() => {}
            _ = count.tick() => {
                driver.count();
                driver.wall(clock.now(), clock.unix());
                driver.steady(clock.now(), clock.moment());
                if tcp && clock.now().since(heard) > SILENCE.as_micros() as u64 {
                    break Text::new("port-silent").with("port", &port.name).with("seconds", SILENCE.as_secs());
                }
            }
            () = cancel.cancelled() => break Text::new("port-stopping"),
        }
    };
    // What has been decided is still said, if the port takes it.
    let rest = outgoing.get(written..).unwrap_or_default();
    let _ = timeout(Duration::from_millis(50), writer.write_all(rest)).await;
    (broken, reader.unsplit(writer))
}
