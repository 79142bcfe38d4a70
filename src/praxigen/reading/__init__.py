"""Document in, facts out: sections, sentences, terms, assertion, time, and the rules that join them."""
