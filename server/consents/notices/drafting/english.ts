import type { ActivityTerms, LawfulBasis, Recipient, RecipientRelation } from "../../activities/model.ts";
import { bare, type DraftFacts, fieldNames, isOfChild, ofEach, type Wording } from "./wording.ts";

const en = "en";

const bases: Record<LawfulBasis, string> = {
  consent: "your consent (PIPL Art. 13(1)(1))",
  contract: "necessary to make or perform a contract with you (PIPL Art. 13(1)(2))",
  legalDuty: "necessary to meet a duty set by law (PIPL Art. 13(1)(3))",
  emergency: "necessary in a public health emergency, or to protect life, health or property (PIPL Art. 13(1)(4))",
  publicInterest: "news reporting or public oversight within reasonable bounds (PIPL Art. 13(1)(5))",
  published: "reasonable use of information already lawfully published (PIPL Art. 13(1)(6))",
  otherLaw: "another case provided for by law or administrative regulation (PIPL Art. 13(1)(7))",
};

const relations: Record<RecipientRelation, string> = {
  entrusted: "processes it on our behalf (PIPL Art. 21)",
  joint: "processes it jointly with us; you may turn to either (PIPL Art. 20)",
  provision: "receives it from us, only with your separate consent (PIPL Art. 23)",
};

/** A notice in English: short sentences, said to whoever reads it. */
export const english: Wording = {
  title: ({ kind, purposes, handler }) => {
    if (kind === "enhanced") return `Privacy notice: ${names(purposes, 1)}`;
    return `${handler.brand} ${kind === "child" ? "children's privacy rules" : "privacy policy"}`;
  },
  short: (facts) => {
    const [terms] = facts.purposes;
    if (facts.kind === "enhanced" && terms !== undefined) {
      return [
        `What for: ${stop(terms.purpose[en])}`,
        `What we need: ${listed(fieldNames(facts, terms, en), 8)}.`,
        `How long: ${kept(terms)}`,
        `If you say no: ${stop(terms.refusal[en])}`,
        "To withdraw: one step under “Consents”, at any time; the information is then deleted.",
      ];
    }
    if (facts.kind === "child") {
      return [
        "All information about a child under 14 is sensitive. We process it only with your separate consent as the guardian: one purpose at a time, nothing ticked beforehand.",
        `The purposes: ${names(facts.purposes, 8)}.`,
        "If you say no, only services that need the information are closed to you; tier, points, orders and after-sales service stay the same. You may withdraw at any time; the information is then deleted.",
      ];
    }
    return [
      "We process only the personal information that membership cannot do without, and say here what it is.",
      `The purposes: ${names(facts.purposes, 8)}.`,
      "For sensitive information, and for a child's, we ask separately with a notice of its own. Saying no changes nothing about tier, points, orders or after-sales service; a yes can be withdrawn at any time.",
    ];
  },
  sections: {
    handler: {
      heading: "Who processes your information",
      body: ({ handler: { operator, brand } }) => [
        `Personal information handler: ${stop(operator)}`,
        ...(brand === operator ? [] : [`Membership brand: ${stop(brand)}`]),
        "PIPL stands for the Personal Information Protection Law of the People's Republic of China.",
      ],
    },
    contact: {
      heading: "How to reach us",
      body: (facts) => [
        `${isOfChild(facts) ? "The person in charge of protecting children's information" : "The person in charge of protecting personal information"}: ${facts.handler.privacyContact}`,
        "Use it for questions, to exercise your rights, or to complain.",
      ],
    },
    purpose: {
      heading: "What it is used for",
      body: (facts) => ofEach(facts, en, (terms) => [stop(terms.purpose[en]), `Basis: ${stop(basisOf(terms))}`]),
    },
    fields: {
      heading: "What information is needed",
      body: (facts) => [
        ...ofEach(facts, en, (terms) => {
          const [must, may, sensitive] = [
            fieldNames(facts, terms, en, ({ mandatory }) => mandatory),
            fieldNames(facts, terms, en, ({ mandatory }) => !mandatory),
            fieldNames(facts, terms, en, (_, definition) => definition?.class === "sensitive"),
          ];
          return [
            must.length === 0 ? "" : `Needed: ${listed(must)}.`,
            may.length === 0 ? "" : `Optional: ${listed(may)}. Not given unless you turn it on yourself.`,
            sensitive.length === 0 ? "" : `Sensitive personal information among it: ${listed(sensitive)}.`,
            terms.fields.length === 0 ? "What the purpose names; nothing more is asked of you." : "",
          ];
        }),
        ...(isOfChild(facts) ? ["All information about a minor under fourteen is sensitive (PIPL Art. 28)."] : []),
      ],
    },
    necessity: {
      heading: "Why it is needed",
      body: (facts) =>
        ofEach(facts, en, (terms) =>
          terms.fields.map(
            ({ key, necessity }) => `${facts.definitions.get(key)?.name[en] ?? key}: ${stop(necessity[en])}`,
          ),
        ),
    },
    impact: {
      heading: "What it means for your rights and interests",
      body: (facts) => ofEach(facts, en, ({ impact }) => [impact === null ? "" : stop(impact[en])]),
    },
    method: {
      heading: "How it is processed",
      body: (facts) =>
        ofEach(facts, en, ({ method, automatedDecision }) => [
          stop(method[en]),
          automatedDecision
            ? "A program makes decisions here: by public rules, the same for everybody, with no unreasonable difference in prices or other terms. Where one has a major effect on you, you may ask for an explanation and refuse a decision made by a program alone (PIPL Art. 24)."
            : "",
        ]),
    },
    retention: {
      heading: "How long it is kept, and what happens then",
      body: (facts) => [
        ...ofEach(facts, en, (terms) => [kept(terms)]),
        "When the time is over, the purpose is met, you withdraw consent or close your account, we delete it ourselves. What the law makes us keep is only stored, and used for nothing else (PIPL Art. 19, 47).",
      ],
    },
    storagePlace: {
      heading: "Where it is stored, and how it is protected",
      body: (facts) => [
        ...ofEach(facts, en, ({ storagePlace }) => [`Stored in: ${stop(storagePlace[en])}`]),
        "What you consented to is stored encrypted, under a key of each member's own. Only people whose job needs it can see it, and every look is recorded.",
      ],
    },
    recipients: {
      heading: "Who else handles it",
      body: (facts) =>
        facts.purposes.every(({ recipients }) => recipients.length === 0)
          ? ["Nobody else: we neither provide it to others nor have others process it for us."]
          : ofEach(facts, en, (terms) => terms.recipients.map((recipient) => received(facts, terms, recipient))),
    },
    refusal: {
      heading: "If you say no",
      body: (facts) => [
        ...ofEach(facts, en, ({ refusal }) => [stop(refusal[en])]),
        "Refusing or withdrawing leaves tier, points, orders and after-sales service as they are (PIPL Art. 16).",
      ],
    },
    withdrawal: {
      heading: "How to withdraw consent",
      body: (facts) => [
        "In one step under “Consents”, as easily as you gave it, without giving a reason.",
        "What is kept by that consent is then deleted. What was done before you withdrew stays valid (PIPL Art. 15).",
        ...(facts.purposes.every(({ basis }) => basis === "consent")
          ? []
          : ["Processing that does not rest on consent ends when you close your account."]),
      ],
    },
    rights: {
      heading: "Your rights",
      body: ({ handler, ...facts }) => [
        `${isOfChild(facts) ? "On behalf of the child you may" : "You may"} see, copy, correct, complete, transfer and delete the information, restrict or refuse its processing, ask us to explain our rules, and close your account (PIPL Art. 44–48).`,
        `Do so in the member centre, or write to ${handler.privacyContact}. We answer promptly; if we cannot comply we say why, and you may bring an action before a people's court (PIPL Art. 50).`,
      ],
    },
    guardian: {
      heading: "The guardian's consent",
      body: (facts) =>
        isOfChild(facts)
          ? [
              "Processing the information of a minor under fourteen needs the consent of a parent or other guardian (PIPL Art. 31; Provisions on the Cyber Protection of Children's Personal Information Art. 9).",
              "Please make sure that you are the child's parent or other guardian. While guardianship is disputed we stop using the child's information until that is decided.",
              "On the child's 14th birthday your consent ends, and what is kept by it is deleted.",
            ]
          : [],
    },
    complaint: {
      heading: "Complaints",
      body: ({ handler }) => [
        `Write to ${handler.privacyContact}, or complain to the cyberspace administration or another authority in charge of protecting personal information (PIPL Art. 65).`,
      ],
    },
  },
};

function basisOf({ basis, basisDetail, consentKind }: ActivityTerms): string {
  if (consentKind === "guardian") return "the guardian's separate consent (PIPL Art. 29, 31)";
  if (consentKind === "separate") return "your separate consent (PIPL Art. 13(1)(1), 29)";
  return `${bases[basis]}${basisDetail === null ? "" : `, under ${bare(basisDetail)}`}`;
}

function kept({ retention: { trigger, days } }: ActivityTerms): string {
  if (trigger === "withdrawal") return "Until you withdraw consent.";
  return `${days} ${days === 1 ? "day" : "days"} after ${trigger === "collected" ? "it is collected" : "its last use"}.`;
}

function received(facts: DraftFacts, terms: ActivityTerms, recipient: Recipient): string {
  const { name, contact, relation, purpose, method, country } = recipient;
  const what = listed(fieldNames(facts, terms, en)) || "records that the service produces";
  const abroad =
    country === "CN"
      ? ""
      : ` Country or region: ${country}; sending it there needs a consent of its own (PIPL Art. 39).`;
  return `${name} ${relations[relation]}. Contact: ${contact}. Purpose: ${stop(purpose[en])} Method: ${stop(method[en])} Information: ${what}.${abroad}`;
}

function names(purposes: readonly ActivityTerms[], most: number): string {
  return listed(
    purposes.map(({ name }) => name[en]),
    most,
  );
}

function listed(parts: readonly string[], most = parts.length): string {
  return `${parts.slice(0, most).join(", ")}${parts.length > most ? ` and ${parts.length - most} more` : ""}`;
}

function stop(text: string): string {
  return `${bare(text)}.`;
}
