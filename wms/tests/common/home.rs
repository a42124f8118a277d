//! A database of a test's own, on either kind.

use tempfile::TempDir;
use throwaway_postgres::{Cluster, Durability};

/// A database of a test's own, gone with it.
pub struct Home {
    /// Its address.
    pub url: String,
    _folder: Option<TempDir>,
    _cluster: Option<Cluster>,
}

impl Home {
    /// A file.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let url = format!("sqlite:{}", folder.path().join("floor.db").display());
        Self {
            url,
            _folder: Some(folder),
            _cluster: None,
        }
    }

    /// A cluster.
    pub fn postgres() -> Self {
        let cluster = Cluster::start(Durability::None).expect("a cluster");
        let url = cluster.create("floor").expect("a database");
        Self {
            url,
            _folder: None,
            _cluster: Some(cluster),
        }
    }
}

/// Each suite function once for each database.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(&$crate::Home::sqlite()).await;
            })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(&$crate::Home::postgres()).await;
            })*
        }
    };
}
