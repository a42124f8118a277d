//! Something large that two states of a run have in common until one of them changes it.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// Cloned in no time; copied when it is about to be changed and another still holds it. Reaching for it with `&mut` copies,
/// so look first and reach then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared<T>(Arc<T>);

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl<'a, T> IntoIterator for &'a Shared<Vec<T>> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_copied_when_it_is_changed_and_not_before() {
        let one: Shared<Vec<i64>> = vec![1, 2].into();
        let mut other = one.clone();
        assert!(std::ptr::eq(&*one, &*other));
        other.push(3);
        assert_eq!((one.len(), other.len()), (2, 3));
        assert_eq!((&other).into_iter().sum::<i64>(), 6);
    }
}
