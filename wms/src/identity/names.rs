//! People's names, looked up when they are shown: rows that are never changed know them by number.

use std::collections::HashMap;

use rules::core::crew::By;

/// Names by the number of the account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(HashMap<i64, String>);

impl FromIterator<(i64, String)> for Names {
    fn from_iter<T: IntoIterator<Item = (i64, String)>>(names: T) -> Self {
        Self(names.into_iter().collect())
    }
}

impl Names {
    /// Somebody's name; their number where there is none any more.
    pub fn person(&self, id: i64) -> String {
        let name = self.0.get(&id).filter(|name| !name.is_empty());
        name.cloned().unwrap_or_else(|| format!("#{id}"))
    }

    /// Who is named on a paper of a run of this group.
    pub fn by(&self, by: &By, group: &str) -> String {
        match by {
            By::Person { id } => self.person(*id),
            By::Group => group.to_owned(),
            By::Named { name } => name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_gone_is_a_number() {
        let names = Names::from_iter([(5, "张晨".to_owned()), (6, String::new())]);
        assert_eq!(names.by(&By::Person { id: 5 }, "第一组"), "张晨");
        assert_eq!(names.by(&By::Person { id: 6 }, "第一组"), "#6");
        assert_eq!(names.by(&By::Person { id: 7 }, "第一组"), "#7");
        assert_eq!(names.by(&By::Group, "第一组"), "第一组");
        assert_eq!(names.by(&By::Named { name: "李玥".into() }, "第一组"), "李玥");
    }
}
