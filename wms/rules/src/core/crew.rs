//! People: who they are, what they are here for, with whom they work.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a person is here for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 学生: does the work of their own group.
    Student,
    /// 教师: sees every run and leads them.
    Instructor,
    /// 技术员: keeps the devices alive.
    Technician,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Student, Self::Instructor, Self::Technician];

    /// As it stands in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Instructor => "instructor",
            Self::Technician => "technician",
        }
    }

    /// Key of its name in the locale files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Student => "role.student",
            Self::Instructor => "role.instructor",
            Self::Technician => "role.technician",
        }
    }

    /// From the database's word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A person who is signed in, or could be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Number.
    pub id: i64,
    /// What they sign in with.
    pub login: String,
    /// Name as it is shown.
    pub name: String,
    /// Role.
    pub role: Role,
    /// The group of a student.
    pub group: Option<Group>,
}

/// Students who work together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Number.
    pub id: i64,
    /// Name (`第一组`).
    pub name: String,
}

/// Who is named on a paper. In rows that are never changed people stand by number: their names are looked up when shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum By {
    /// Somebody with an account.
    Person {
        /// Number of the account.
        id: i64,
    },
    /// The run's group: what was done at a device that nobody had signed in at.
    Group,
    /// Somebody by their name, as formats 1 and 2 kept it.
    Named {
        /// The name.
        name: String,
    },
}
