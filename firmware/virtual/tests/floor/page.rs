use std::collections::BTreeSet;

use crate::Bench;

/// Words of one language's block: what stands before each colon.
fn keys(script: &str, language: &str) -> BTreeSet<String> {
    let block = script
        .split_once(&format!("  {language}: {{"))
        .unwrap()
        .1
        .split_once("\n  },")
        .unwrap()
        .0;
    let mut keys = BTreeSet::new();
    for line in block.lines() {
        for entry in line.split("', ") {
            if let Some((key, _)) = entry.split_once(": '") {
                keys.insert(key.trim().to_owned());
            }
        }
    }
    keys
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_comes_whole_and_says_every_word_in_both_languages() {
    let bench = Bench::start().await;
    let page = format!("http://{}", bench.floor.panel());
    for (path, kind) in [
        ("/?station=1", "text/html"),
        ("/panel.css", "text/css"),
        ("/panel.js", "text/javascript"),
        ("/font.woff2", "font/woff2"),
    ] {
        let answer = reqwest::get(format!("{page}{path}")).await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert!(
            answer.headers()["content-type"].to_str().unwrap().starts_with(kind),
            "{path}"
        );
    }
    let script = reqwest::get(format!("{page}/words.js"))
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let (zh, en) = (keys(&script, "zh"), keys(&script, "en"));
    assert!(zh.len() > 40, "{zh:?}");
    assert_eq!(zh, en);
    let html = reqwest::get(&page).await.unwrap().text().await.unwrap();
    let asked = html
        .split("data-word=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    for word in asked {
        assert!(zh.contains(word), "{word} is no word");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said() {
    let bench = Bench::start().await;
    let url = |path: &str| format!("http://{}/api/stations/{path}", bench.floor.panel());
    for path in ["9", "shelf", "1/printer/labels/x.png"] {
        let answer = reqwest::get(url(path)).await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
        assert!(answer.text().await.unwrap().contains("error"), "{path}");
    }
    assert_eq!(bench.post("/toaster/reset", serde_json::json!({})).await, 404);
    assert_eq!(bench.post("/scanner/scan", serde_json::json!({"code": ""})).await, 422);
    assert_eq!(bench.post("/scanner/bytes", serde_json::json!({"hex": "0"})).await, 422);
}
