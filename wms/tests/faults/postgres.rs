//! The same kinds on PostgreSQL.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::net::{TcpListener, TcpStream};
use wms::store::{self, Db, Wellness};

use crate::Home;

/// A cable to the database that can be cut without a word: what was connected then stays connected and silent.
struct Cable {
    url: String,
    cuts: Arc<AtomicU64>,
}

impl Cable {
    async fn to(url: &str) -> Self {
        let (front, rest) = url.rsplit_once('@').expect("an address");
        let (server, name) = rest.split_once('/').expect("a name");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("{front}@{}/{name}", listener.local_addr().expect("an address"));
        let cuts = Arc::new(AtomicU64::new(0));
        let (server, count) = (server.to_owned(), Arc::clone(&cuts));
        tokio::spawn(async move {
            while let Ok((ours, _)) = listener.accept().await {
                let theirs = TcpStream::connect(&server).await.expect("the server");
                let (count, born) = (Arc::clone(&count), count.load(Ordering::SeqCst));
                tokio::spawn(async move { carry(ours, theirs, &count, born).await });
            }
        });
        Self { url, cuts }
    }

    fn cut(&self) {
        self.cuts.fetch_add(1, Ordering::SeqCst);
    }
}

async fn carry(ours: TcpStream, theirs: TcpStream, cuts: &AtomicU64, born: u64) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let (mut ours_in, mut ours_out) = ours.into_split();
    let (mut theirs_in, mut theirs_out) = theirs.into_split();
    let (mut up, mut down) = ([0; 4096], [0; 4096]);
    loop {
        let went = tokio::select! {
            read = ours_in.read(&mut up) => match read {
                Ok(0) | Err(_) => return,
                Ok(_) if cuts.load(Ordering::SeqCst) != born => Ok(()),
                Ok(count) => theirs_out.write_all(&up[..count]).await,
            },
            read = theirs_in.read(&mut down) => match read {
                Ok(0) | Err(_) => return,
                Ok(_) if cuts.load(Ordering::SeqCst) != born => Ok(()),
                Ok(count) => ours_out.write_all(&down[..count]).await,
            },
        };
        if went.is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r1_connections_that_died_in_silence_are_thrown_away() {
    let home = Home::postgres();
    let cable = Cable::to(&home.url).await;
    let db = Db::open(&cable.url).await.expect("opens");
    let mut held = Vec::new();
    for _ in 0..10 {
        held.push(db.pool.acquire().await.expect("a connection"));
    }
    drop(held);
    store::write_health(&db).await.expect("written");
    cable.cut();
    // Each is found dead at its first use, and a new one is taken instead.
    for number in 0..12 {
        store::write_health(&db)
            .await
            .unwrap_or_else(|error| panic!("{number}: {error}"));
    }
    assert_eq!(db.health().ask(&db).await, Wellness::Well);
}
