/** The functions of the runtime that a contract's own module may name. */
export const FUNCTIONS =
  `setting of_kinds acceptable arguments below carry_out encoded hand_over has_argument in_app_folder in_home is_ci is_falsy is_gone is_held is_line is_space
  is_noted is_refused is_short is_stopped stop is_truthy keep_sent line_about note_end processor_name put_question quoted read_state show_notice stored system_name
  tell_person up_to variable agreed bare_text base64 clock completed cut drawn_header drawn_text hand_over_with hold identity identity_text
  inside_of items_of joined json_of keep_random key_values lined list_of map_of next_number number_digest number_in number_text object_of random_digits
  random_number random_uuid replaced_identities rfc3339 rounded secret_header short_digest shown_identities spelled started unplaced uuid_digest
  with_query harmless without`.split(/\s+/);
