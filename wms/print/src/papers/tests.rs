use std::path::Path;
use std::process::Command;

use rules::locale::Lang;

use super::*;

fn receipt(lines: usize) -> PaperView {
    let columns = [
        ("序", 3, Align::Centre),
        ("货品编码", 7, Align::Centre),
        ("货品名称", 14, Align::Left),
        ("单位", 4, Align::Centre),
        ("应收", 5, Align::Right),
        ("实收", 5, Align::Right),
        ("差异", 5, Align::Right),
        ("备注", 10, Align::Left),
    ];
    let row = |n: usize| {
        vec![
            Cell::new(n.to_string()),
            Cell::new("RY006"),
            Cell::new("洗洁精 1.1kg"),
            Cell::new("瓶"),
            Cell::new("60"),
            Cell::new("48").differing(n == 1),
            Cell::new("−12").differing(n == 1),
            Cell::new(if n == 1 {
                "短少一箱，收货与送货双方当面点清并签认"
            } else {
                ""
            }),
        ]
    };
    PaperView {
        school: "某某职业技术学校 · 仓储实训中心".into(),
        title: "入库单".into(),
        number: "RK-20261123-0012-01".into(),
        fields: ["货主", "入库通知单", "入库日期", "供应商", "送货单号", "收货台"]
            .into_iter()
            .map(|name| Field::new(name, "教学货主一号"))
            .collect(),
        columns: columns
            .into_iter()
            .map(|(head, share, align)| Column::new(head, share, align))
            .collect(),
        rows: (1..=lines).map(row).collect(),
        total: vec![
            Cell::over("合计", 4),
            Cell::new("60"),
            Cell::new("48"),
            Cell::new("−12"),
            Cell::new(""),
        ],
        remarks: vec!["差异以粗框标出。".into()],
        signatures: ["制单", "仓管员", "送货人", "审核"]
            .into_iter()
            .map(|role| Signature::new(role, ""))
            .collect(),
        copy: "第一联　仓库联".into(),
        foot: "第三组 · 实训场次 3".into(),
    }
}

pub(super) fn run(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("{program} (package qpdf, poppler-utils): {error}"));
    let (text, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{program}: {text}{errors}");
    text.into_owned()
}

/// A page at 300 dpi, one byte a pixel.
pub(super) struct Picture {
    width: usize,
    pixels: Vec<u8>,
}

/// All pages of `paper.pdf`.
pub(super) fn pictures(folder: &Path) -> Vec<Picture> {
    run("pdftoppm", &["-gray", "-r", "300", "paper.pdf", "page"], folder);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("folder")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "pgm"))
        .collect();
    files.sort();
    let picture = |path: &std::path::PathBuf| {
        let file = std::fs::read(path).expect("picture");
        std::fs::remove_file(path).expect("removed");
        // P5, width, height, depth, then one byte a pixel.
        let head: Vec<&[u8]> = file.splitn(4, |byte| byte.is_ascii_whitespace()).collect();
        let number = |bytes: &[u8]| {
            std::str::from_utf8(bytes)
                .expect("ascii")
                .parse::<usize>()
                .expect("number")
        };
        let (width, height) = (number(head[1]), number(head[2]));
        Picture {
            width,
            pixels: file[file.len() - width * height..].to_vec(),
        }
    };
    files.iter().map(picture).collect()
}

/// The code within a part of a page, in points: x, y, width, height. As a scanner sees it that is aimed there.
pub(super) fn read_code(page: &Picture, (x, y, width, height): (f32, f32, f32, f32)) -> String {
    let dots = |points: f32| (points * 300.0 / 72.0) as usize;
    let row = |y: usize| &page.pixels[y * page.width + dots(x)..][..dots(width)];
    let grey: Vec<u8> = (dots(y)..dots(y) + dots(height)).flat_map(row).copied().collect();
    let source = rxing::Luma8LuminanceSource::new(grey, dots(width) as u32, dots(height) as u32).expect("picture");
    let mut bitmap = rxing::BinaryBitmap::new(rxing::common::HybridBinarizer::new(source));
    let mut reader = rxing::oned::Code128Reader;
    rxing::Reader::decode(&mut reader, &mut bitmap)
        .expect("a code is found")
        .getText()
        .to_owned()
}

#[test]
fn a_paper_is_sound_readable_and_scans_back() {
    let folder = tempfile::tempdir().expect("folder");
    for (lines, pages) in [(0, 1), (1, 1), (3, 1), (80, 3)] {
        let paper = receipt(lines);
        std::fs::write(
            folder.path().join("paper.pdf"),
            pdf(&paper, Lang::Zh.words()).expect("set"),
        )
        .expect("written");
        run("qpdf", &["--check", "paper.pdf"], folder.path());
        let text = run("pdftotext", &["-layout", "paper.pdf", "-"], folder.path());
        for words in ["某某职业技术学校", "入库通知单：教学货主一号", "第三组", "制单", "合计"]
        {
            assert!(text.contains(words), "{words} is missing from {text}");
        }
        assert_eq!(text.matches("洗洁精").count(), lines, "every line stands once");
        assert_eq!(text.matches("货品编码").count(), pages, "the heads are repeated");
        assert_eq!(text.matches("合计").count(), 1);
        assert!(text.contains(&format!("第 {pages} 页，共 {pages} 页")), "{text}");
        assert_eq!(text.matches(&paper.number).count(), pages);
        assert_eq!(
            read_code(&pictures(folder.path())[0], (360.0, 32.0, 210.0, 30.0)),
            paper.number
        );
    }
    if let Some(pictures) = std::env::var_os("CANGXUN_PICTURES") {
        for (name, paper) in [("paper", receipt(3)), ("log", log(90, 3))] {
            let file = pdf(&paper, Lang::Zh.words()).expect("set");
            std::fs::write(folder.path().join("paper.pdf"), file).expect("written");
            let target = Path::new(&pictures).join(name);
            run(
                "pdftoppm",
                &["-png", "-r", "90", "paper.pdf", &target.to_string_lossy()],
                folder.path(),
            );
        }
    }
}

#[test]
fn p1_a_rare_name_is_printed() {
    let mut paper = receipt(1);
    paper.signatures[1].signed = "李玥 10:21:44".into();
    paper.fields[0].value = "２号库ＡＢ陈堃王𬭎".into();
    assert_eq!(paper.unprintable(), "");
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(
        folder.path().join("paper.pdf"),
        pdf(&paper, Lang::Zh.words()).expect("set"),
    )
    .expect("written");
    let text = run("pdftotext", &["-layout", "paper.pdf", "-"], folder.path());
    for words in ["李玥 10:21:44", "２号库ＡＢ陈堃王𬭎"] {
        assert!(text.contains(words), "{words} is missing from {text}");
    }
    paper.remarks.push("👍𰻝👍".into());
    assert_eq!(paper.unprintable(), "👍𰻝");
}

/// A word of a page as it is set: left, top, right, bottom in points, and the word.
type Set = (f32, f32, f32, f32, String);

/// The words of each page of `paper.pdf`, and that none lies off the sheet or on another.
fn words_set(folder: &Path) -> Vec<Vec<Set>> {
    let text = run("pdftotext", &["-bbox", "paper.pdf", "-"], folder);
    let attribute = |line: &str, name: &str| -> f32 {
        let rest = line.split_once(&format!("{name}=\"")).expect("attribute").1;
        rest.split('"').next().expect("value").parse().expect("number")
    };
    let mut pages = Vec::new();
    for page in text.split("<page ").skip(1) {
        let word = |line: &str| {
            let word = line
                .split_once('>')
                .expect("tag")
                .1
                .trim_end_matches("</word>")
                .to_owned();
            let [left, top, right, bottom] = ["xMin", "yMin", "xMax", "yMax"].map(|name| attribute(line, name));
            (left, top, right, bottom, word)
        };
        let words: Vec<Set> = page
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("<word"))
            .map(word)
            .collect();
        for (index, one) in words.iter().enumerate() {
            assert!(
                one.0 > 20.0 && one.2 < 590.0 && one.1 > 20.0 && one.3 < 838.0,
                "off the sheet: {one:?}"
            );
            for two in &words[index + 1..] {
                let apart = one.2 < two.0 + 1.0 || two.2 < one.0 + 1.0 || one.3 < two.1 + 4.5 || two.3 < one.1 + 4.5;
                assert!(apart, "{one:?} lies on {two:?}");
            }
        }
        pages.push(words);
    }
    pages
}

fn log(lines: usize, rows: usize) -> PaperView {
    let text: Vec<String> = (1..=lines).map(|line| format!("第{line}行记")).collect();
    PaperView {
        remarks: vec![format!("小结：\n{}", text.join("\n"))],
        signatures: vec![
            Signature::new("学生", "李玥 10:21:44"),
            Signature::new("教师", "陈堃老师 11:00:00"),
        ],
        total: Vec::new(),
        ..receipt(rows)
    }
}

#[test]
fn p2_a_long_log_goes_on_over_pages_and_is_signed_at_its_end() {
    let folder = tempfile::tempdir().expect("folder");
    for (lines, rows, pages) in [(1, 1, 1), (44, 0, 1), (90, 0, 2), (90, 3, 2), (90, 40, 3), (300, 2, 6)] {
        let paper = log(lines, rows);
        let file = pdf(&paper, Lang::Zh.words()).expect("set");
        std::fs::write(folder.path().join("paper.pdf"), file).expect("written");
        run("qpdf", &["--check", "paper.pdf"], folder.path());
        let set = words_set(folder.path());
        assert_eq!(set.len(), pages, "{lines} lines, {rows} rows");
        let all: Vec<&str> = set.iter().flatten().map(|word| word.4.as_str()).collect();
        for line in 1..=lines {
            let line = format!("第{line}行记");
            assert_eq!(
                all.iter().filter(|word| **word == line).count(),
                1,
                "{line} of {lines}, {rows} rows"
            );
        }
        let last: Vec<&str> = set[pages - 1].iter().map(|word| word.4.as_str()).collect();
        for signed in ["学生：李玥", "教师：陈堃老师"] {
            assert!(last.contains(&signed), "{signed} is not among {last:?}");
        }
        assert!(
            last.contains(&format!("第{lines}行记").as_str()),
            "signatures never stand alone"
        );
        for picture in pictures(folder.path()) {
            assert_eq!(read_code(&picture, (360.0, 32.0, 210.0, 30.0)), paper.number);
        }
    }
}

/// Every kind of paper, with much of everything.
#[test]
fn p2_nothing_of_a_paper_lies_off_the_sheet_or_on_something_else() {
    let folder = tempfile::tempdir().expect("folder");
    let long = "仓储二〇二六级三班第一实训大组甲小队".repeat(3);
    let wordy = PaperView {
        foot: format!("{long} · 实训场次 3"),
        fields: (0..9)
            .map(|n| Field::new(format!("名{n}"), "很长的内容".repeat(n * 8)))
            .collect(),
        signatures: ["制单", "仓管员", "送货人", "审核"]
            .into_iter()
            .map(|role| Signature::new(role, format!("{long} 10:21:44")))
            .collect(),
        ..receipt(60)
    };
    let mut tall = receipt(3);
    tall.rows[1][7] = Cell::new("一二三四五六七八九十".repeat(150));
    let english = PaperView {
        foot: "The warehouse students of the second year who work on Wednesday afternoons · run 3".into(),
        copy: "Copy 1: stub".into(),
        ..receipt(30)
    };
    for (name, paper) in [("wordy", wordy), ("tall", tall), ("english", english)] {
        let file = pdf(&paper, Lang::Zh.words()).expect("set");
        std::fs::write(folder.path().join("paper.pdf"), file).expect("written");
        run("qpdf", &["--check", "paper.pdf"], folder.path());
        let set = words_set(folder.path());
        let text = run("pdftotext", &["-raw", "paper.pdf", "-"], folder.path());
        assert_eq!(text.matches("洗洁精").count(), paper.rows.len(), "{name}");
        for page in 1..=set.len() {
            assert!(
                text.contains(&format!("第 {page} 页，共 {} 页", set.len())),
                "{name}: {text}"
            );
        }
        if name == "tall" {
            assert_eq!(text.matches('十').count(), 150, "all of a tall cell");
        }
    }
}

/// `洗衣液 2kg` and `S-01-01-03` stand on one line, whatever the column's share.
#[test]
fn p4_codes_and_names_are_never_broken_on_paper() {
    let columns = [
        ("序", 3),
        ("订单号", 3),
        ("货位", 3),
        ("货品编码", 3),
        ("货品名称", 3),
        ("单位", 4),
        ("批次", 3),
        ("应拣", 5),
        ("实拣", 5),
        ("备注", 30),
    ];
    let align = |head: &str| match head {
        "货品名称" | "备注" => Align::Left,
        _ => Align::Centre,
    };
    let cells = [
        "1",
        "CK-20261126",
        "S-01-01-03",
        "RY001",
        "洗衣液 2kg",
        "瓶",
        "2026-08-21",
        "12",
        "12",
    ];
    let mut row: Vec<Cell> = cells.into_iter().map(Cell::new).collect();
    row.push(Cell::new(
        "RY002 抽纸 3层130抽 在 S-01-02-04 少 2 提，CK-0002 部分发货，已告诉教师。".repeat(3),
    ));
    let paper = PaperView {
        columns: columns
            .into_iter()
            .map(|(head, share)| Column::new(head, share, align(head)))
            .collect(),
        rows: vec![row; 3],
        total: Vec::new(),
        ..receipt(0)
    };
    let folder = tempfile::tempdir().expect("folder");
    std::fs::write(
        folder.path().join("paper.pdf"),
        pdf(&paper, Lang::Zh.words()).expect("set"),
    )
    .expect("written");
    let set = words_set(folder.path());
    let count = |whole: &str| set[0].iter().filter(|word| word.4.contains(whole)).count();
    for (whole, times) in [
        ("CK-20261126", 3),
        ("S-01-01-03", 3),
        ("2026-08-21", 3),
        ("S-01-02-04", 9),
        ("CK-0002", 9),
    ] {
        assert_eq!(count(whole), times, "{whole}");
    }
    // A name and its size are two words on one line.
    let names: Vec<&Set> = set[0].iter().filter(|word| word.4 == "洗衣液").collect();
    assert_eq!(names.len(), 3);
    for name in names {
        assert!(
            set[0]
                .iter()
                .any(|word| word.4 == "2kg" && (word.1 - name.1).abs() < 1.0 && word.0 > name.2)
        );
    }
}

/// A school's long name makes room for the barcode: the white that a scanner needs beside it stays white.
#[test]
fn a_long_name_keeps_off_the_barcode() {
    let folder = tempfile::tempdir().expect("folder");
    for school in ["Vocational School · Warehouse Training Centre", &"名".repeat(80)] {
        let paper = PaperView {
            school: school.into(),
            title: "A form with a title as long as its school's name".into(),
            ..receipt(1)
        };
        let file = pdf(&paper, Lang::En.words()).expect("set");
        std::fs::write(folder.path().join("paper.pdf"), file).expect("written");
        let page = &pictures(folder.path())[0];
        let dots = |points: f32| (points * 300.0 / 72.0) as usize;
        // The bars are at most 150 points wide and end at the right margin.
        let beside = dots(549.0 - 150.0 - 10.0)..dots(549.0 - 150.0 - 1.0);
        let white =
            (dots(32.0)..dots(74.0)).all(|y| page.pixels[y * page.width..][beside.clone()].iter().all(|p| *p == 255));
        assert!(white, "{school}");
        assert_eq!(read_code(page, (385.0, 32.0, 180.0, 28.0)), paper.number);
    }
}

#[test]
fn a_number_that_cant_be_a_barcode_is_refused() {
    let paper = PaperView {
        number: "入库-1".into(),
        ..receipt(1)
    };
    assert!(matches!(pdf(&paper, Lang::Zh.words()), Err(PdfError::Number(_))));
}

#[test]
fn odd_papers_are_set_too() {
    let empty = PaperView {
        number: "X".into(),
        ..PaperView::default()
    };
    assert!(pdf(&empty, Lang::En.words()).is_ok());
    let mut long = receipt(2);
    long.rows[0][7] = Cell::new("很".repeat(3000));
    long.rows[1].truncate(3);
    long.rows[1][2].span = 99;
    assert!(pdf(&long, Lang::Zh.words()).is_ok());
}
