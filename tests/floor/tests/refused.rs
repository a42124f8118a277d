//! What can't start says what to do, and touches nothing.

use anyhow::{Result, ensure};
use floor_tests::{Database, Process, until, wms_words};

#[tokio::test]
async fn a_port_in_use_is_named_with_the_way_out() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let taken = std::net::TcpListener::bind("127.0.0.1:0")?;
    let port = taken.local_addr()?.port();
    let words = wms_words(&Database::Sqlite, folder.path(), port);
    let mut wms = Process::start("wms", "wms", words, folder.path())?;
    until("the WMS to say why it does not start", async || {
        let said = wms.log();
        ensure!(said.contains(&port.to_string()) && said.contains("--listen"), "{said}");
        Ok(())
    })
    .await?;
    ensure!(
        !folder.path().join("floor.db").exists(),
        "a server that can't serve makes no database"
    );
    wms.kill();
    Ok(())
}
