//! The document as a page shows it. It reads the same JSON that programs get, so the two can't differ.

use rules::core::crew::Role;
use rules::locale::Words;
use serde_json::Value;

/// A stretch of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// How: `code`, `b`, or a link where it begins with `#`; plain where it is empty.
    pub style: String,
}

impl Span {
    fn new(text: impl Into<String>, style: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            style: style.into(),
        }
    }
}

/// A parameter, or a field of a type.
#[derive(Debug)]
pub struct Field {
    /// Name.
    pub name: String,
    /// Its type in words, with links.
    pub kind: Vec<Span>,
    /// Whether it may be left out.
    pub optional: bool,
    /// What it means.
    pub text: Vec<Span>,
}

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// Anchor on the page.
    pub id: String,
    /// Method, in capitals.
    pub method: String,
    /// Path.
    pub path: String,
    /// What it does.
    pub summary: String,
    /// More.
    pub text: Vec<Vec<Span>>,
    /// Names of the roles that may use it; empty where anyone may.
    pub who: Vec<String>,
    /// Its parameters.
    pub parameters: Vec<Field>,
    /// Type and example of the body.
    pub body: Option<(Vec<Span>, String)>,
    /// Type and example of the answer.
    pub answer: (Vec<Span>, String),
    /// Status and meaning of each fault.
    pub faults: Vec<(String, Vec<Span>)>,
}

/// One form of a type that has several: the field and value that name it, what it means, its other fields.
#[derive(Debug)]
pub struct Form {
    /// The value by which it is known (`scan`).
    pub name: String,
    /// What it means.
    pub text: Vec<Span>,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A type with a name.
#[derive(Debug)]
pub struct Type {
    /// Name, and anchor on the page.
    pub name: String,
    /// What it is.
    pub text: Vec<Span>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Its forms, where it has several.
    pub forms: Vec<Form>,
}

/// All operations, in the document's order.
pub fn operations(document: &Value, w: &Words) -> Vec<Operation> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let each = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().into_iter().flatten();
        methods.map(move |(method, entry)| operation(method, path, entry, w))
    });
    each.collect()
}

fn operation(method: &str, path: &str, entry: &Value, w: &Words) -> Operation {
    let roles = entry["security"].as_array().into_iter().flatten();
    let roles = roles.filter_map(|any| Role::from_code(any["session"][0].as_str()?));
    let faults = entry["responses"].as_object().into_iter().flatten();
    let faults = faults.filter(|(status, _)| *status != "200");
    let parameter = |entry: &Value| Field {
        name: text(&entry["name"]),
        kind: kind(&entry["schema"]),
        optional: entry["required"] != true,
        text: spans(&text(&entry["description"])),
    };
    Operation {
        id: text(&entry["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(&entry["summary"]),
        text: paragraphs(&text(&entry["description"])),
        who: roles.map(|role| w.get(role.key()).to_owned()).collect(),
        parameters: list(&entry["parameters"]).iter().map(parameter).collect(),
        body: entry.get("requestBody").map(|body| content(&body["content"])),
        answer: content(&entry["responses"]["200"]["content"]),
        faults: faults
            .map(|(status, fault)| (status.clone(), spans(&text(&fault["description"]))))
            .collect(),
    }
}

/// Type and example of a body.
fn content(content: &Value) -> (Vec<Span>, String) {
    let Some((media, body)) = content.as_object().and_then(|kinds| kinds.iter().next()) else {
        return Default::default();
    };
    let kind = match media.as_str() {
        "application/json" => kind(&body["schema"]),
        media => vec![Span::new(media, "code")],
    };
    let example = match &body["example"] {
        Value::Null => String::new(),
        Value::String(text) => text.trim_end().to_owned(),
        json => format!("{json:#}"),
    };
    (kind, example)
}

/// All types that have a name.
pub fn types(document: &Value) -> Vec<Type> {
    let named = document["components"]["schemas"].as_object().into_iter().flatten();
    let one = |(name, schema): (&String, &Value)| Type {
        name: name.clone(),
        text: spans(&text(&schema["description"])),
        fields: fields(schema),
        forms: ["oneOf", "anyOf"]
            .iter()
            .flat_map(|way| list(&schema[*way]))
            .map(form)
            .collect(),
    };
    named.map(one).collect()
}

fn form(schema: &Value) -> Form {
    let mut fields = fields(schema);
    // The field with a fixed value tells forms apart.
    let properties = schema["properties"].as_object().into_iter().flatten();
    let mut tag = properties.filter_map(|(name, field)| Some((name, field["const"].as_str()?)));
    let name = match (tag.next(), schema["const"].as_str()) {
        (Some((name, value)), _) => {
            fields.retain(|field| field.name != *name);
            format!("\"{name}\": \"{value}\"")
        }
        (None, Some(value)) => format!("\"{value}\""),
        (None, None) => kind(schema).iter().map(|span| span.text.as_str()).collect(),
    };
    let mut text = spans(&text(&schema["description"]));
    if let (Some(target), true) = (target(schema), schema.get("properties").is_some()) {
        text.extend([Span::new(" With the fields of ", ""), link(&target)]);
    }
    Form { name, text, fields }
}

fn fields(schema: &Value) -> Vec<Field> {
    let required = list(&schema["required"]);
    let each = schema["properties"].as_object().into_iter().flatten();
    each.map(|(name, field)| Field {
        name: name.clone(),
        kind: kind(field),
        optional: !required.iter().any(|given| given == name),
        text: spans(&text(&field["description"])),
    })
    .collect()
}

/// A schema in words: `list of Event`, `integer or null`.
fn kind(schema: &Value) -> Vec<Span> {
    if let Some(target) = target(schema) {
        return vec![link(&target)];
    }
    if schema["type"] == "array" {
        let mut kind = vec![Span::new("list of ", "")];
        match &schema["items"] {
            Value::Null => {
                let parts = list(&schema["prefixItems"]).iter().map(self::kind);
                let parts: Vec<_> = parts.collect();
                kind.extend(parts.join(&Span::new(", ", "")));
            }
            items => kind.extend(self::kind(items)),
        }
        return kind;
    }
    let ways = list(&schema["anyOf"]);
    if !ways.is_empty() {
        let ways: Vec<_> = ways.iter().map(kind).collect();
        return ways.join(&Span::new(" or ", ""));
    }
    let names = match &schema["type"] {
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().map(text).collect::<Vec<_>>().join(" or "),
        _ => "any".to_owned(),
    };
    let mut kind = vec![Span::new(names, "")];
    if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
        kind.push(Span::new(" of ", ""));
        kind.extend(self::kind(values));
    }
    let (least, most) = (&schema["minLength"], &schema["maxLength"]);
    if most.is_u64() {
        let least = least.as_u64().unwrap_or_default();
        kind.push(Span::new(format!(", {least} to {most} characters"), ""));
    }
    let values: Vec<_> = list(&schema["enum"])
        .iter()
        .map(|value| Span::new(text(value), "code"))
        .collect();
    if !values.is_empty() {
        kind.push(Span::new(": ", ""));
        kind.extend(
            values
                .into_iter()
                .map(|value| vec![value])
                .collect::<Vec<_>>()
                .join(&Span::new(", ", "")),
        );
    }
    kind
}

fn target(schema: &Value) -> Option<String> {
    let path = schema["$ref"].as_str()?;
    path.rsplit('/').next().map(str::to_owned)
}

fn link(name: &str) -> Span {
    Span::new(name, format!("#{name}"))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The paragraphs of a text, of whose Markdown only `code` and **bold** are used.
pub fn paragraphs(text: &str) -> Vec<Vec<Span>> {
    text.split("\n\n")
        .filter(|part| !part.trim().is_empty())
        .map(|part| spans(&part.replace('\n', " ")))
        .collect()
}

fn spans(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            out.push(Span::new(part, "code"));
            continue;
        }
        for (index, part) in part.split("**").enumerate() {
            out.push(Span::new(part, if index % 2 == 1 { "b" } else { "" }));
        }
    }
    out.retain(|span| !span.text.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn words(kind: &[Span]) -> String {
        kind.iter().map(|span| span.text.as_str()).collect()
    }

    #[test]
    fn types_are_told_in_words() {
        for (schema, told) in [
            (json!({ "type": "integer" }), "integer"),
            (json!({ "type": ["integer", "null"] }), "integer or null"),
            (
                json!({ "type": "array", "items": { "$ref": "#/components/schemas/Event" } }),
                "list of Event",
            ),
            (
                json!({ "anyOf": [{ "$ref": "#/a/Said" }, { "type": "null" }] }),
                "Said or null",
            ),
            (
                json!({ "type": "string", "minLength": 1, "maxLength": 9 }),
                "string, 1 to 9 characters",
            ),
            (json!({ "type": "string", "enum": ["a", "b"] }), "string: a, b"),
            (
                json!({ "type": "array", "prefixItems": [{ "type": "integer" }, { "type": "string" }] }),
                "list of integer, string",
            ),
        ] {
            assert_eq!(words(&kind(&schema)), told);
        }
    }

    #[test]
    fn code_and_bold_are_told_apart() {
        let told = spans("**Acts.** Send `scan`.");
        let styles: Vec<_> = told
            .iter()
            .map(|span| (span.text.as_str(), span.style.as_str()))
            .collect();
        assert_eq!(styles, [("Acts.", "b"), (" Send ", ""), ("scan", "code"), (".", "")]);
    }
}
