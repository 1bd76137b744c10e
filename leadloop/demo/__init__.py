"""The demo company: a fictitious Japanese B2B SaaS firm, generated from a seed."""

from leadloop.demo.company import AS_OF, GeneratedCompany, demo_company, generate, generate_raw

__all__ = ["AS_OF", "GeneratedCompany", "demo_company", "generate", "generate_raw"]
