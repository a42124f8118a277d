//! From each format to the one after it.

use serde_json::{Map, Value, json};

/// A change of an earlier format as today's.
pub(super) fn change(format: i64, mut change: Value) -> Value {
    if format < 3
        && let Some(fields) = change.as_object_mut()
    {
        to_3(fields);
    }
    change
}

/// Format 3: a change names its area, a movement's sides are spots instead of the codes of their locations, and who is named
/// on a paper is named by a number; earlier formats kept the name.
fn to_3(fields: &mut Map<String, Value>) {
    let tag = fields
        .get("change")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let tag = tag.as_str();
    let area = match tag {
        "notice_opened" | "counted" | "line_done" | "placed" | "aimed" | "put_away" => "inbound",
        "wave_released" | "adjusted" | "picked" | "unpicked" | "check_begun" | "checked" | "check_reset"
        | "weighed" | "weighed_off" | "handed_over" => "outbound",
        _ => "ground",
    };
    if tag == "moved" {
        for side in ["from", "to"] {
            if let Some(location) = fields.get_mut(side).filter(|side| side.is_string()) {
                *location = json!({ "location": location.take() });
            }
        }
    }
    let who = match tag {
        "paper_made" => fields.remove("by"),
        "signed" => fields.remove("name"),
        _ => None,
    };
    if let Some(name) = who {
        fields.insert("by".to_owned(), json!({ "who": "named", "name": name }));
    }
    fields.insert("area".to_owned(), area.into());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::areas::Change;
    use crate::core::crew::By;
    use crate::core::ground;
    use crate::core::stock::Movement;
    use crate::{inbound, outbound};

    #[test]
    fn format_1_named_no_area_and_its_movements_went_between_locations() {
        let moved = json!({"change": "moved", "sku": "A", "lot": "", "from": "@supplier", "to": "R", "quantity": 3});
        let read: Change = serde_json::from_value(change(1, moved)).expect("read");
        let movement = Movement {
            sku: "A".into(),
            lot: String::new(),
            from: "@supplier".into(),
            to: "R".into(),
            quantity: 3,
        };
        assert_eq!(read, ground::Change::Moved(movement).into());
        let counted = json!({"change": "counted", "line": 1, "units": -2});
        let read: Change = serde_json::from_value(change(2, counted)).expect("read");
        assert_eq!(read, Change::Inbound(inbound::Change::Counted { line: 1, units: -2 }));
        let begun = json!({"change": "check_begun", "order": 2});
        let read: Change = serde_json::from_value(change(2, begun)).expect("read");
        assert_eq!(read, Change::Outbound(outbound::Change::CheckBegun { order: 2 }));
    }

    #[test]
    fn names_of_earlier_formats_stay_names() {
        let made = json!({"change": "paper_made", "number": "RK-1", "kind": "receipt", "order": null, "by": "第一组", "at": 5});
        let read: Change = serde_json::from_value(change(1, made)).expect("read");
        assert!(
            matches!(read.ground(), Some(ground::Change::PaperMade { by: By::Named { name }, .. }) if name == "第一组")
        );
        let signed = json!({"change": "signed", "number": "RK-1", "as_whom": "keeper", "name": "张晨", "at": 5});
        let read: Change = serde_json::from_value(change(2, signed)).expect("read");
        assert!(matches!(read.ground(), Some(ground::Change::Signed { by: By::Named { name }, .. }) if name == "张晨"));
    }

    #[test]
    fn what_is_written_today_is_read_as_it_stands() {
        let put_away: Change = Change::Inbound(inbound::Change::PutAway { line: 0 });
        let text = serde_json::to_value(&put_away).expect("JSON");
        assert_eq!(text, json!({"area": "inbound", "change": "put_away", "line": 0}));
        assert_eq!(change(3, text.clone()), text);
        assert_eq!(serde_json::from_value::<Change>(text).expect("read"), put_away);
    }
}
