//! Papers of a run: their kinds, numbers and states. What stands on them is the run's own state.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uplink::UnixMillis;

use super::crew::By;

/// Kinds of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// 入库通知单
    InboundNotice,
    /// 入库单
    Receipt,
    /// 拣货单
    PickList,
    /// 出库单
    OutboundOrder,
    /// 工作日志
    WorkLog,
}

impl PaperKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::InboundNotice,
        Self::Receipt,
        Self::PickList,
        Self::OutboundOrder,
        Self::WorkLog,
    ];

    /// The kind of a code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Code in its number.
    pub fn code(self) -> &'static str {
        match self {
            Self::InboundNotice => "RT",
            Self::Receipt => "RK",
            Self::PickList => "JH",
            Self::OutboundOrder => "CK",
            Self::WorkLog => "RZ",
        }
    }

    /// Key of its name in the locale files.
    pub fn key(self) -> &'static str {
        match self {
            Self::InboundNotice => "paper.inbound_notice",
            Self::Receipt => "paper.receipt",
            Self::PickList => "paper.pick_list",
            Self::OutboundOrder => "paper.outbound_order",
            Self::WorkLog => "paper.work_log",
        }
    }

    /// As whom it is signed: names in the locale files' `sign` table.
    pub fn signers(self) -> &'static [&'static str] {
        match self {
            Self::InboundNotice => &["owner", "keeper"],
            Self::Receipt => &["receiver", "driver", "supervisor"],
            Self::PickList => &["picker"],
            Self::OutboundOrder => &["maker", "supervisor"],
            Self::WorkLog => &["student", "teacher"],
        }
    }
}

/// How far a paper has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    /// Being filled by the work.
    Draft,
    /// Handed in.
    Submitted,
    /// Accepted by the teacher.
    Accepted,
    /// Sent back by the teacher.
    Returned,
}

impl PaperState {
    /// As it stands in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
        }
    }
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Paper {
    /// Number, also its barcode: code, the warehouse's day, run, counter.
    pub number: String,
    /// Kind of paper.
    pub kind: PaperKind,
    /// The order it is about; null where it is about none.
    pub order: Option<usize>,
    /// How far it has come.
    pub state: PaperState,
    /// Who made it.
    pub made_by: By,
    /// When it was made, in milliseconds since 1970-01-01 UTC.
    pub made_at: UnixMillis,
    /// Who signed.
    pub signatures: Vec<Signed>,
    /// Why it was sent back; empty where it was not.
    pub remark: String,
}

/// A signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Signed {
    /// As whom: a key of the locale files' `sign` table.
    pub as_whom: String,
    /// Who signed.
    pub by: By,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: UnixMillis,
}
