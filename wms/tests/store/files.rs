//! Databases that can't be used: told clearly, and left as they are.

use wms::store::{Db, DbError};

use crate::{Home, on_both};

on_both!(a_newer_schema_is_refused, anothers_tables_are_left_alone);

async fn a_newer_schema_is_refused(home: &Home) {
    let db = Db::open(&home.url).await.expect("opens");
    let truth = match db.backend {
        wms::store::Backend::Sqlite => "1",
        wms::store::Backend::Postgres => "TRUE",
    };
    let bytes = match db.backend {
        wms::store::Backend::Sqlite => "x'00'",
        wms::store::Backend::Postgres => "'\\x00'",
    };
    let sql = format!(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'from the future', {truth}, {bytes}, 0)"
    );
    sqlx::query(sqlx::AssertSqlSafe(sql))
        .execute(&db.pool)
        .await
        .expect("newer");
    db.pool.close().await;
    let error = Db::open(&home.url).await.expect_err("newer");
    assert!(matches!(error, DbError::Newer { found: 9999, .. }), "{error}");
    assert!(error.to_string().contains("newer WMS"), "{error}");
}

async fn anothers_tables_are_left_alone(home: &Home) {
    sqlx::any::install_default_drivers();
    let url = home
        .url
        .strip_prefix("sqlite:")
        .map_or(home.url.clone(), |path| format!("sqlite://{path}?mode=rwc"));
    let pool = sqlx::AnyPool::connect(&url).await.expect("opens");
    sqlx::query("CREATE TABLE somebody_elses (id BIGINT)")
        .execute(&pool)
        .await
        .expect("made");
    pool.close().await;
    let file = home.url.strip_prefix("sqlite:").map(std::path::Path::new);
    let bytes = || file.map(|path| std::fs::read(path).expect("read"));
    let before = bytes();
    let error = Db::open(&home.url).await.expect_err("not ours");
    assert_eq!(bytes(), before, "left as it was");
    assert!(matches!(error, DbError::NotOurs { .. }), "{error}");
    assert!(error.to_string().contains("somebody_elses"), "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_database() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("letter.db");
    let text = "Dear school, this is a letter and no database at all.".repeat(100);
    std::fs::write(&path, &text).expect("written");
    let error = Db::open(&format!("sqlite:{}", path.display()))
        .await
        .expect_err("no database");
    assert!(matches!(error, DbError::NotOurs { .. }), "{error}");
    assert_eq!(std::fs::read_to_string(&path).expect("read"), text, "left as it was");
}

#[tokio::test]
async fn addresses_that_lead_nowhere() {
    for (url, what) in [
        ("mysql://x/y", "neither sqlite:FILE nor postgres://"),
        ("floor.db", "neither sqlite:FILE nor postgres://"),
        ("sqlite:/nowhere/at/all/floor.db", "can't be opened"),
        ("postgres://a:secret@127.0.0.1:1/none", "can't be opened"),
    ] {
        let error = Db::open(url).await.expect_err(url).to_string();
        assert!(error.contains(what), "{url}: {error}");
        assert!(!error.contains("secret"), "{error}");
    }
}
