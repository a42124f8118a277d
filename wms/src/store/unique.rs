//! Which key was there already: errors name their constraint, on either database by the same name.

/// A key that is unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unique {
    /// The number of an act in its run.
    ActNumber,
    /// Where an act arose, in its run.
    ActSource,
    /// A device's event.
    DeviceEvent,
    /// What somebody signs in with.
    Login,
    /// The number of an account.
    Account,
    /// The name of a group.
    GroupName,
    /// The number of a run.
    Run,
    /// A group's how-manieth run of a day.
    RunOfDay,
    /// Any other.
    Other,
}

/// As PostgreSQL names the constraint; and its table and columns, as SQLite names them.
const NAMES: [(Unique, &str, &str, &[&str]); 8] = [
    (Unique::ActNumber, "act_pkey", "act", &["run_id", "no"]),
    (Unique::ActSource, "act_run_id_source_key", "act", &["run_id", "source"]),
    (
        Unique::DeviceEvent,
        "device_event_pkey",
        "device_event",
        &["device", "boot", "event"],
    ),
    (Unique::Login, "account_login_key", "account", &["login"]),
    (Unique::Account, "account_pkey", "account", &["id"]),
    (Unique::GroupName, "student_group_name_key", "student_group", &["name"]),
    (Unique::Run, "run_pkey", "run", &["id"]),
    (
        Unique::RunOfDay,
        "run_group_id_day_day_run_key",
        "run",
        &["group_id", "day", "day_run"],
    ),
];

impl Unique {
    /// The key that an error is about; none where it is about something else.
    pub(super) fn of(error: &sqlx::Error) -> Option<Self> {
        let error = error.as_database_error().filter(|error| error.is_unique_violation())?;
        let columns = error.message().rsplit_once("failed: ").map(|(_, columns)| columns);
        let named = |table: &str, names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| format!("{table}.{name}")).collect();
            columns == Some(names.join(", ").as_str())
        };
        let known = NAMES
            .iter()
            .find(|(_, postgres, table, names)| error.constraint() == Some(*postgres) || named(table, names));
        Some(known.map_or(Self::Other, |(unique, ..)| *unique))
    }
}
