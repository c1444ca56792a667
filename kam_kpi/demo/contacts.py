"""The people at the customers: name, function, and how the person stands to us. No Odoo here.

The first is the main contact; ``invoice`` marks an address which receives invoices.
Roles are words of the story; ``load_plans`` translates them for stakeholders.
"""
from collections import namedtuple

Contact = namedtuple('Contact', 'name function role')

CONTACTS = {
    'brightwater': (
        ("Margaret Ellery", "VP Quality & Operations", 'decides'), ("Tobias Renner", "Head of Laboratory", 'uses'),
        ("Priya Raman", "Procurement Director", 'buys'), ("Samuel Whitlock", "Plant Engineer", 'influences'),
        ("Joan Castellano", "Maintenance Lead", 'uses'), ("Derek Hollis", "IT Architect", 'blocks'),
        ("Ines Cabral", "Quality Manager", 'champions'), ("Accounts Payable", "Accounts Payable", 'invoice'),
    ),
    'kestrel': (
        ("Aoife Brennan", "Chief Operating Officer", 'decides'), ("Cormac Daly", "Process Science Lead", 'champions'),
        ("Niamh Corrigan", "Senior Buyer", 'buys'), ("Padraig Lyons", "Automation Engineer", 'uses'),
        ("Elena Vasile", "QA Specialist", 'uses'), ("Ruairi Keane", "Site Director", 'influences'),
    ),
    'lumenfeld': (
        ("Dr. Henrike Saathoff", "Managing Director", 'decides'), ("Jürgen Pohlmann", "Head of Purchasing", 'blocks'),
        ("Katrin Weidemann", "Laboratory Manager", 'uses'), ("Matthias Oehler", "Process Engineer", 'influences'),
        ("Sabine Ruhland", "Maintenance Planner", 'uses'), ("Timo Brandhorst", "Plant Manager", 'influences'),
    ),
    'orchard': (
        ("Luis Arredondo", "Director of Operations", 'decides'), ("Karen Whitcombe", "Quality Supervisor", 'champions'),
        ("Phil Tanaka", "Purchasing Agent", 'buys'), ("Megan Stroud", "Food Safety Manager", 'uses'),
        ("Omar Haddix", "Line Engineer", 'uses'), ("Orchard Valley Invoicing", "Invoicing", 'invoice'),
    ),
    'sable': (
        ("Rhonda McKittrick", "VP Asset Integrity", 'decides'), ("Travis Boudreaux", "Instrumentation Lead", 'champions'),
        ("Elise Fontenot", "Category Manager", 'buys'), ("Hank Delacroix", "Field Superintendent", 'uses'),
        ("Yusuf Adeyemi", "Reliability Engineer", 'influences'),
    ),
    'montclair': (
        ("Camille Aubertin", "Directrice Industrielle", 'decides'), ("Julien Rochard", "Responsable Laboratoire", 'champions'),
        ("Sophie Delmas", "Acheteuse", 'buys'), ("Antoine Mercadier", "Ingénieur Qualité", 'uses'),
        ("Léa Fabresse", "Responsable HSE", 'influences'),
    ),
    'pinecrest': (
        ("Dr. Alan Mercer", "Director of Laboratory Medicine", 'decides'), ("Beatrice Odom", "Laboratory Supervisor", 'champions'),
        ("Grace Yamamoto", "Supply Chain Manager", 'buys'), ("Neil Sorensen", "Biomedical Engineer", 'uses'),
        ("Tamika Rollins", "Point-of-Care Coordinator", 'uses'), ("Dr. Ruth Feldman", "Chief Pathologist", 'influences'),
    ),
    'arcway': (
        ("Colleen Drayton", "Director of Test Operations", 'decides'), ("Marcus Lindgren", "Metrology Lead", 'blocks'),
        ("Vera Kostova", "Strategic Buyer", 'buys'), ("Wes Tillman", "Test Cell Engineer", 'uses'),
        ("Andrea Pruitt", "Quality Auditor", 'influences'),
    ),
    'tamarind': (
        ("Joost van Elswijk", "Founder & CTO", 'decides'), ("Marijke Hoekema", "Assay Development Lead", 'champions'),
        ("Daan Roelofsen", "Operations Manager", 'buys'), ("Femke Brouwers", "Laboratory Technician", 'uses'),
        ("Sanne Wiersma", "Quality Engineer", 'uses'),
    ),
    'ridgeline': (
        ("Gordon Pike", "General Manager", 'decides'), ("Shelly Ambrose", "Water Quality Manager", 'champions'),
        ("Dale Westover", "Buyer", 'buys'),
    ),
    'corvane': (
        ("Pierre Lachance", "Mill Superintendent", 'decides'), ("Nora Bexley", "Buyer", 'buys'),
        ("Stuart Amos", "Process Control Technician", 'uses'), ("Heather Quill", "Environmental Manager", 'influences'),
    ),
    'solvio': (
        ("Davide Rinaldini", "Responsabile Acquisti", 'buys'), ("Chiara Bonfanti", "Responsabile Qualità", 'uses'),
        ("Marco Pedretti", "Amministratore Delegato", 'decides'),
    ),
    'fernhill': (
        ("Janet Kowalczyk", "Operations Manager", 'decides'), ("Ray Dombrowski", "Laboratory Lead", 'uses'),
        ("Terri Osgood", "Buyer", 'buys'),
    ),
    'dunmore': (
        ("Bill Hartvig", "Owner", 'decides'),
    ),
}


def contacts_of(key):
    """Return the contacts of an account, the main one first."""
    return [Contact(*row) for row in CONTACTS[key]]


def people_of(key):
    """Return the contacts who are people, thus who meet, write and answer."""
    return [contact for contact in contacts_of(key) if contact.role != 'invoice']


def email_of(key, name):
    """Return the address of a person in the account's own (reserved) domain."""
    plain = name.replace('Dr. ', '').lower().translate(str.maketrans({'ü': 'ue', 'é': 'e', ' ': '.'}))
    return f'{plain}@{key}.example.com'
